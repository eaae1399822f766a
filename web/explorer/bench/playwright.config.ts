import { defineConfig } from '@playwright/test'
import base from '../playwright.config'

export default defineConfig(base, {
  testDir: '.',
  testMatch: '*.bench.ts',
  globalSetup: '../e2e/server.ts',
  workers: 1,
  timeout: 300_000,
})
