import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lantu, start } from './server'
import { allow, expect, expectWell, test } from './test'

test('China is drawn, and the demo, which has no outline, is listed beside it', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '地图' }).click()
  const map = page.getByRole('group', { name: '全国各地的实体' })
  await expect(map.locator('.map-part')).toHaveCount(34)
  await expect(map.locator('.map-sea title')).toHaveText('南海诸岛')
  const city = page.getByRole('list', { name: '全国各地的实体' }).getByRole('link', { name: /澜川市/ })
  await expect(city).toContainText(/[1-9]\d*/)
  await expectWell(page, 'map-nation')
})

test('without outlines, the streets of a district are a schematic, down to what lies there and its sentence', async ({
  page,
}) => {
  await page.goto('/map')
  await page.getByRole('link', { name: /^澜川市/ }).click()
  await page
    .getByRole('list', { name: '澜川市各地的实体' })
    .getByRole('link', { name: /青屿区/ })
    .click()
  await expect(page.getByText('大小和位置不代表实际')).toBeVisible()
  const streets = page.getByRole('list', { name: '青屿区各地的实体' })
  await expect(streets.getByRole('link', { name: /望潮街道/ })).toBeVisible()
  await expectWell(page, 'map-district')

  await page.getByRole('combobox', { name: '数什么' }).selectOption('计划')
  await expect(page).toHaveURL(/what=PROGRAM/)
  const tiles = page.getByRole('list', { name: '青屿区各地的计划' })
  await expect(tiles.getByRole('link', { name: /盐埠镇/ })).toHaveText(/盐埠镇1/)
  await page.getByText('同样的数字').click()
  const row = page.getByRole('row').filter({ hasText: '盐埠镇' })
  await expect(row.getByRole('cell').last()).toHaveText('1')

  await tiles.getByRole('link', { name: /盐埠镇/ }).click()
  await expect(page.getByRole('navigation', { name: '地区层级' })).toHaveText(/全国.*澜川市.*青屿区.*盐埠镇/)
  const inside = page.getByRole('complementary', { name: '盐埠镇境内' })
  await inside.getByRole('link', { name: '出处' }).first().click()
  await expect(page.getByRole('dialog', { name: '出处' }).locator('mark').first()).toContainText('东堰村')
  await page.keyboard.press('Escape')
  await page.getByRole('navigation', { name: '地区层级' }).getByRole('link', { name: '青屿区' }).click()
  await expect(tiles.getByRole('link', { name: /望潮街道/ })).toBeVisible()
})

test('province, city and district are entered by their outlines, with the keyboard too', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'lantu-map-'))
  const report = join(folder, 'yixian.txt')
  writeFileSync(
    report,
    '政府工作报告\n——2025年1月9日在易县第十七届人民代表大会第五次会议上\n易县人民政府县长 陆望\n' +
      '一、2024年工作回顾\n（一）产业加快发展。海晴食品落户易县高村镇，远帆机械落户易县塘湖镇。\n',
  )
  execFileSync(lantu, ['load', '--db', join(folder, 'db'), report])
  const { url, stop } = await start('serve', '--db', join(folder, 'db'))
  allow(url)
  try {
    await page.goto(`${url}/map`)
    const province = page.getByRole('link', { name: /^河北省：实体 [1-9]/ })
    await province.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('group', { name: '河北省各地的实体' })).toBeVisible()
    await expectWell(page, 'map-province')
    await page.getByRole('link', { name: /^保定市：实体 [1-9]/ }).click()
    await page.getByRole('link', { name: /^易县：实体 [1-9]/ }).click()
    await expect(page.getByRole('list', { name: '易县各地的实体' }).getByRole('link', { name: /高村镇/ })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('complementary', { name: '易县境内' })).toContainText('海晴食品')
  } finally {
    await stop()
    rmSync(folder, { recursive: true })
  }
})

test('the page of a place leads to its map, and the map to what reaches the place', async ({ page }) => {
  await page.goto('/search?q=盐埠镇')
  await page.locator('.hit').getByRole('link', { name: '盐埠镇' }).first().click()
  await page.getByRole('link', { name: '在地图上看' }).click()
  await expect(page.getByRole('navigation', { name: '地区层级' }).locator('[aria-current]')).toHaveText('盐埠镇')
  await page.getByRole('link', { name: '什么到达这里' }).click()
  await expect(page.getByRole('group', { name: /盐埠镇的路径图/ })).toBeVisible()
})

test('an address that names no place leads back', async ({ page }) => {
  await page.goto('/map?place=nothing')
  await page.getByRole('link', { name: '回到全国' }).click()
  await expect(page.getByRole('group', { name: '全国各地的实体' })).toBeVisible()
})
