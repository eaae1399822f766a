import { readFile } from 'node:fs/promises'
import { startWith } from './server'
import { allow, expect, expectWell, test } from './test'

test('an indicator is found, drawn and listed, and every point opens its sentence', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '指标' }).click()
  await expect(page.getByRole('heading', { name: '从列表中选一项或几项指标' })).toBeVisible()
  await expectWell(page, 'indicators-list')

  await page.getByLabel('指标包含').fill('生产总值')
  await expect(page.getByRole('checkbox', { name: /一般公共预算收入/ })).toHaveCount(0)
  const gdp = page.getByRole('checkbox', { name: /地区生产总值/ }).first()
  await gdp.click() // it is ticked once the address says so
  await expect(gdp).toBeChecked()
  await expect(page).toHaveURL(/m=/)

  // Values, and growth stated and aimed at, stand apart.
  const values = page.getByRole('region', { name: '地区生产总值（总量，亿元）的数据' })
  const growth = page.getByRole('region', { name: '地区生产总值（增减，%）的数据' })
  await expect(values.getByRole('row', { name: /2025年.*513\.8亿元.*513\.8.*已述/ })).toBeVisible()
  await expect(values.getByRole('row', { name: /2024年.*486\.2亿元.*486\.2.*已述/ })).toBeVisible()
  await expect(growth.getByRole('row', { name: /2026年.*5\.5%.*目标/ })).toBeVisible()
  await expect(growth.getByRole('row', { name: /2025年.*5\.7%.*已述/ })).toBeVisible()
  await expectWell(page, 'indicators-gdp')

  const chart = page.getByRole('group', { name: /^地区生产总值（总量/ })
  await expect(chart.getByRole('link')).toHaveCount(2)
  await chart.getByRole('link', { name: /2025年.*513\.8亿元/ }).click()
  await expect(page.getByRole('dialog').locator('mark').first()).toContainText('513.8亿元')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await chart.getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').locator('mark').first()).toContainText('486.2亿元')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.reload()
  await expect(chart.getByRole('link')).toHaveCount(2)
})

test('several indicators stand beside each other and are downloaded with their sources', async ({ page }) => {
  const chosen = ['地区生产总值', '一般公共预算收入']
  await page.goto(`/indicators?${new URLSearchParams(chosen.map((measure) => ['m', measure]))}`)
  for (const measure of chosen) await expect(page.getByRole('heading', { name: measure, level: 2 })).toBeVisible()
  await expect(page.getByRole('region', { name: /一般公共预算收入（总量，亿元）的数据/ })).toBeVisible()
  const rows = await page.locator('.indicators-table tbody tr').count()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 CSV' }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(rows + 1)
  expect(lines[0]).toContain('引文,原句,报告,报告日期,链接')
  expect(lines.filter((line) => line.includes('513.8,亿元,51380000000,元'))).toHaveLength(1)

  await page.getByLabel('事实或目标').selectOption('AIM')
  await expect(page.locator('.indicators-table').first()).toBeVisible()
  await expect(page.locator('.indicators-table tbody tr').filter({ hasText: '已述' })).toHaveCount(0)
  await page.getByRole('button', { name: '去掉“地区生产总值”' }).click()
  await expect(page.getByRole('heading', { name: '地区生产总值', level: 2 })).toHaveCount(0)
})

test('what does not add up is told in plain words, with the numbers and the sentence', async ({ page }) => {
  await page.goto('/indicators?view=mismatches')
  await expect(page.getByRole('heading', { name: '没有不合的数字' })).toBeVisible()
  const { url, stop } = await startWith('sums-2024.txt')
  allow(url)
  try {
    await page.goto(`${url}/indicators?view=mismatches`)
    await expect(page.getByText('从 39 到 91 应为 52，原文说 50').first()).toBeVisible()
    await expect(page.getByText('各部分合计 9，多于总数 8').first()).toBeVisible()
    await expectWell(page, 'indicators-mismatches')
    const first = page.getByRole('listitem').filter({ hasText: '应为 52' }).first()
    await expect(first.getByRole('list', { name: '有关的数' }).getByRole('listitem')).toHaveCount(3)
    await expect(page.locator('.indicators-mismatches > li')).toHaveCount(2)
    await first.getByRole('link', { name: '出处' }).first().click()
    await expect(page.getByRole('dialog')).toContainText('人工智能企业从39家增加到91家，增加50家')
  } finally {
    await stop()
  }
})

test('no such indicator says what to do', async ({ page }) => {
  await page.goto('/indicators?measure=没有这样的指标')
  await expect(page.getByRole('heading', { name: '没有这样的指标' })).toBeVisible()
  await expectWell(page, 'indicators-none')
})

test('one number alone stands over zero', async ({ page }) => {
  await page.goto(`/indicators?${new URLSearchParams({ m: '实际利用外资' })}`)
  const chart = page.getByRole('group', { name: /^实际利用外资（总量/ })
  await expect(chart.getByRole('link')).toHaveCount(1)
  await expect.poll(async () => (await chart.locator('text').allTextContents())[0]).toMatch(/^0(\.0)?$/)
})

test('on a phone no row is cut in half: long lists go on, and long tables are asked for', async ({ page }) => {
  const years = Array.from({ length: 16 }, (_, n) => 2008 + n)
  const { url, stop } = await startWith({
    name: 'years.txt',
    text: `云屿区政府工作报告\n\n一、历年回顾\n${years.map((year, n) => `${year}年，全区地区生产总值达到${100 + 7 * n}.5亿元。`).join('\n')}\n`,
  })
  allow(url)
  try {
    await page.setViewportSize({ width: 360, height: 740 })
    const scrolling = () =>
      page.locator('main *').evaluateAll((all) =>
        all
          .filter((one) => {
            const { overflowY } = getComputedStyle(one)
            return /auto|scroll/.test(overflowY) && one.scrollHeight > one.clientHeight + 1
          })
          .map(({ className }) => className),
      )
    await page.goto('/indicators?m=地区生产总值')
    const list = page.getByRole('complementary', { name: '指标' })
    await expect(page.getByRole('img').or(page.locator('.indicators-plot svg')).first()).toBeVisible()
    await expect(list).toBeHidden()
    await page.getByText('选择指标').click()
    await expect(list.getByRole('checkbox')).not.toHaveCount(0)
    expect(await scrolling()).toEqual([])

    await page.goto(`${url}/indicators?m=地区生产总值`)
    const rows = page.locator('.indicators-table tbody tr')
    await expect(rows).toHaveCount(12)
    await page.getByRole('button', { name: '显示全部 16 行' }).click()
    await expect(rows).toHaveCount(16)
    expect(await scrolling()).toEqual([])
  } finally {
    await stop()
  }
})
