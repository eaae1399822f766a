import { expect, expectWell, test } from './test'

test('planned and done stand beside each other over the years, and every bar opens its sentence', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '时间线' }).click()
  const chart = page.getByRole('region', { name: /计划与完成，按年/ })
  await expect(chart.getByText('2025', { exact: true })).toBeVisible()
  await expect(chart.getByText('2026', { exact: true })).toBeVisible()
  await expectWell(page, 'timeline')

  await page.getByRole('button', { name: /^已实现/ }).click()
  await expect(page).toHaveURL(/state=FULFILLED/)
  await expect(chart.getByText('已实现').first()).toBeVisible()
  await expect(chart.getByText('尚无后续报告')).toHaveCount(0)
  await page.getByLabel('对象名称包含').fill('青屿湾大桥')
  await expect(chart.locator('.timeline-head')).toHaveCount(1)
  // Promised by one report, done by the next.
  const promised = chart.getByRole('link', { name: /2025年.*承诺.*2025年报告/ })
  await expect(promised.first()).toBeVisible()
  const opened = chart.getByRole('link', { name: /^启用.*2026年报告/ })
  await opened.click()
  await expect(page.getByRole('dialog').locator('mark').first()).toBeVisible()
  await expect(page.getByRole('dialog')).toContainText('青屿湾大桥建成通车')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(opened).toBeFocused()

  await page.reload()
  await expect(opened).toBeVisible()
  await expect(page.getByRole('button', { name: /^已实现/ })).toHaveAttribute('aria-pressed', 'true')
})

test('the counts of how promises stand add up to all of them', async ({ page }) => {
  await page.goto('/timeline')
  const all = page.getByRole('status').filter({ hasText: '项承诺' })
  await expect(all).toBeVisible()
  const chips = page.getByRole('group', { name: '进展' }).getByRole('button').filter({ hasNotText: '全部' })
  await expect(chips.first().locator('small')).toHaveText(/\d/)
  const counts = await chips.locator('small').allTextContents()
  const sum = counts.reduce((sum, count) => sum + Number(count), 0)
  expect(sum).toBeGreaterThan(10)
  await expect(all).toHaveText(`共 ${sum} 项承诺`)
})

test('what later reports do not mention is flagged; the list says what the chart says', async ({ page }) => {
  await page.goto('/timeline?state=UNMENTIONED&view=list')
  const rows = page.locator('.timeline-list > li')
  await expect(rows.first()).toContainText('后续报告未提及')
  await expectWell(page, 'timeline-list')
  await rows.first().getByRole('link', { name: '出处' }).first().click()
  await expect(page.getByRole('dialog').locator('mark').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const names = await rows.locator('.timeline-name').allTextContents()
  await page.getByRole('link', { name: '甘特图' }).click()
  await expect(page.locator('.timeline-head .timeline-name')).toHaveText(names)
})

test('numbers aimed at stand beside those reached', async ({ page }) => {
  await page.goto('/timeline?kind=PLACE&view=list')
  const row = page.locator('.timeline-list > li', { hasText: '地区生产总值' }).filter({ hasText: '未达目标' })
  await expect(row.first()).toContainText('约+6%')
  await expect(row.first()).toContainText('+5.7%')
})

test('on a phone the list is shown; what does not match says what to do', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/timeline')
  await expect(page.locator('.timeline-list > li').first()).toBeVisible()
  await page.goto('/timeline?name=没有这样的项目')
  await expect(page.getByRole('heading', { name: '没有这样的承诺' })).toBeVisible()
  await page.getByRole('link', { name: '清除筛选' }).click()
  await expect(page.locator('.timeline-list > li').first()).toBeVisible()
})
