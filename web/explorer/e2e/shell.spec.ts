import { expect, expectWell, test } from './test'

test('language and theme are switched and kept', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expectWell(page, 'home-english')
})

test('the keyboard skips to the content', async ({ page }) => {
  await page.goto('/search?q=潮汐')
  const skip = page.getByRole('link', { name: '跳到正文' })
  // The page's load ends before the application has drawn what a key can reach.
  await skip.waitFor({ state: 'attached' })
  await page.keyboard.press('Tab')
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test('a refused question says what happened and what to do, then the message and its code', async ({ page }) => {
  await page.goto(`/search?${new URLSearchParams({ q: '潮汐', region: 'nothing' })}`)
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('图谱里没有所指的东西')
  await expect(alert.locator('[lang=en]')).toContainText('nothing')
  await expect(alert.locator('code')).toHaveText('NOT_FOUND')
  await expectWell(page, 'problem')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(alert).toContainText('The graph has no such thing')
  await expect(alert.locator('code')).toHaveText('NOT_FOUND')
})

test('the first view is light', async ({ page }) => {
  let bytes = 0
  page.on('requestfinished', async (request) => {
    const sizes = await request.sizes()
    if (!request.url().endsWith('/graphql')) bytes += sizes.responseBodySize
  })
  await page.goto('/', { waitUntil: 'networkidle' })
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(300_000)
})
