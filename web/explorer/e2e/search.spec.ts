import { start } from './server'
import { allow, expect, expectWell, test } from './test'

test('the first page tells what there is, and what the box finds while typing', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: '蓝图', level: 1 })).toBeVisible()
  await expect(page.getByText('份报告')).toBeVisible()
  await expectWell(page, 'home')

  const box = page.getByRole('combobox', { name: '搜索' })
  await box.fill('cxznzz')
  await expect(page.getByRole('option', { name: /潮汐智能制造基地/ }).first()).toBeVisible()
  await expectWell(page, 'home-suggestions')
  await box.press('ArrowDown')
  await box.press('Enter')
  await expect(page).toHaveURL(/\/entity\//)
})

test('results stand at an address of their own, with facets and highlights', async ({ page }) => {
  // From a page where nothing has the focus, once there is a box that the key can reach.
  await page.goto('/help')
  await expect(page.getByRole('heading', { name: '帮助', level: 1 })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: '搜索' })).toBeFocused()
  await page.keyboard.type('潮汐')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=/)
  const hit = page.locator('.hit', { hasText: '潮汐智能制造基地' }).first()
  await expect(hit).toBeVisible()
  await expect(page.locator('.hit mark').first()).toHaveText('潮汐')
  await expectWell(page, 'search')

  await page.goto('/search?q=里坊焕新')
  const trace = page.getByRole('link', { name: '溯源：里坊焕新到达哪里', exact: true })
  await expect(trace).toHaveAttribute('href', /^\/trace\?from=program-/)
  await page.goto('/search?q=盐埠镇')
  await page.getByRole('link', { name: '在地图上看盐埠镇', exact: true }).click()
  await expect(page.getByRole('navigation', { name: '地区层级' }).locator('[aria-current]')).toHaveText('盐埠镇')
  await page.goto('/search?q=潮汐')

  const all = await page.getByRole('status').filter({ hasText: '条结果' }).textContent()
  await page.getByRole('navigation', { name: '类别' }).getByRole('link', { name: '园区' }).click()
  await expect(page).toHaveURL(/kind=PARK/)
  await expect(page.getByRole('status').filter({ hasText: '条结果' })).not.toHaveText(all ?? '')
  await expect(page.locator('.hit .kind-badge').first()).toHaveText('园区')

  await page.reload()
  await expect(page.locator('.hit').first()).toBeVisible()
  await page.goto('/')
  await expect(page.getByRole('region', { name: '最近搜索' }).getByRole('link', { name: '潮汐' })).toBeVisible()
})

test('what is not found says what to try, and an unknown address leads to the search', async ({ page }) => {
  await page.goto('/search?q=无此名称')
  await expect(page.getByRole('heading', { name: '没有找到“无此名称”' })).toBeVisible()
  await expectWell(page, 'search-none')
})

test('an empty database says how to load reports', async ({ page }) => {
  const { url, stop } = await start('serve', '--role', 'editor')
  allow(url)
  try {
    await page.goto(url)
    await expect(page.getByRole('heading', { name: '还没有报告' })).toBeVisible()
    await expect(page.getByText('lantu load')).toBeVisible()
    await expectWell(page, 'home-empty')
  } finally {
    await stop()
  }
})
