import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/server.ts',
  forbidOnly: true,
  workers: 2,
  // Of a busy machine, too: what is slow is measured by its own test.
  timeout: 120_000,
  // A word of two characters is a hundred pixels; what is merely smoothed otherwise is not counted at all.
  expect: { timeout: 20_000, toHaveScreenshot: { maxDiffPixels: 60 } },
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  reporter: 'list',
  // One race on a busy machine refuses nothing, yet is told as flaky, with its trace.
  retries: process.env.CI ? 2 : 0,
  use: {
    trace: 'on-first-retry',
    // Without one, the Chromium that `npx playwright install chromium` brings.
    launchOptions: existsSync(chromium) ? { executablePath: chromium } : {},
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    permissions: ['clipboard-read', 'clipboard-write'],
  },
})
