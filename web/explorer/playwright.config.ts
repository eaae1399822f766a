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
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    // Without one, the Chromium that `npx playwright install chromium` brings.
    launchOptions: existsSync(chromium) ? { executablePath: chromium } : {},
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    permissions: ['clipboard-read', 'clipboard-write'],
  },
})
