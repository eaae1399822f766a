import { expect, expectWell, idOf, test } from './test'

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

test('on a phone the navigation is a menu, by keyboard too', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/indicators')
  const button = page.getByRole('button', { name: '菜单' })
  const nav = page.getByRole('navigation', { name: '主导航' })
  await expect(button).toContainText('指标')
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await expect(nav).toBeHidden()
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(button).toHaveAttribute('aria-expanded', 'true')
  await expect(nav.getByRole('link', { name: '帮助' })).toBeVisible()
  await expect(nav.getByRole('button', { name: 'English' })).toBeVisible()
  await expectWell(page, 'menu')
  await nav.getByRole('link', { name: '图谱' }).focus()
  await page.keyboard.press('Escape')
  await expect(nav).toBeHidden()
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await expect(button).toBeFocused()

  // Elsewhere is a way out, too, and so is what was chosen.
  await button.click()
  await page.locator('main').click({ position: { x: 180, y: 600 } })
  await expect(nav).toBeHidden()
  await button.click()
  await nav.getByRole('link', { name: '溯源' }).click()
  await expect(page).toHaveURL(/\/trace/)
  await expect(nav).toBeHidden()
  await expect(page.locator('main')).toBeFocused()
})

test('on a phone what was asked for begins in the upper third of the screen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  const id = await idOf(page, '里坊焕新')
  const street = await idOf(page, '望潮街道')
  for (const [address, shown] of [
    [`/trace?from=${id}`, '.trace-picture'],
    [`/trace?from=${id}&view=list`, '.trace-list'],
    [`/trace?from=${id}&view=memo&steps=said`, '.memo-paper'],
    [`/trace?from=${street}&direction=REACHED_BY`, '.trace-picture'],
    [`/graph?root=${id}`, '.graph-canvas'],
  ] as const) {
    await page.goto(address)
    const box = await page.locator(shown).boundingBox()
    expect(box?.y, address).toBeLessThan(740 / 3)
    // What is folded is one press away.
    const fold = page.locator('.fold').first()
    await expect(fold.getByRole('combobox').first()).toBeHidden()
    await fold.locator('summary').first().click()
    await expect(fold.getByRole('combobox').first().or(fold.locator('.picked')).first()).toBeVisible()
  }
})
