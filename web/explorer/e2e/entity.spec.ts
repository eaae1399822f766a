import { expect, expectWell, idOf, test } from './test'

test('an entity tells what it is, and every line opens its sentence', async ({ page }) => {
  await page.goto(`/entity/${await idOf(page, '潮汐智能制造基地')}`)
  await expect(page.getByRole('heading', { name: '潮汐智能制造基地', level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: '关系' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '指标' })).toBeVisible()
  await expect(page.locator('.mentions mark').first()).toHaveText('潮汐智能制造基地')
  await expectWell(page, 'entity-park')

  const source = page.locator('.facts .evidence-button').first()
  await source.click()
  const drawer = page.getByRole('dialog', { name: '出处' })
  await expect(drawer.locator('mark')).toBeVisible()
  await expect(drawer.locator('.quoted-sentence')).toContainText((await drawer.locator('mark').textContent()) ?? '-')
  await expect(page).toHaveURL(/fact=/)
  await expectWell(page, 'drawer')

  await drawer.getByRole('button', { name: '复制引文' }).click()
  await expect(drawer.getByText('已复制')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^“.+”（《政府工作报告》，202[56]年1月\d+日，qingyu-202[45]\.txt，第 \d+ 行）$/,
  )

  const shared = page.url()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(page).not.toHaveURL(/fact=/)
  await expect(source).toBeFocused()
  await page.goto(shared)
  await expect(drawer.locator('mark')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
})

test('a project shows its ladder of status, a place its ladder of places', async ({ page }) => {
  await page.goto(`/entity/${await idOf(page, '青屿体育中心')}`)
  const steps = page.locator('.ladder li')
  await expect(steps.first()).toBeVisible()
  expect(await steps.count()).toBeGreaterThan(1)
  await expectWell(page, 'entity-facility')
  await page.goto(`/entity/${await idOf(page, '东堰村')}`)
  await expect(page.locator('.place-ladder li')).toHaveText([/澜川市/, /青屿区/, /盐埠镇/, /东堰村/])
  await expect(page.getByRole('heading', { name: '推导' })).toBeVisible()
  await page.locator('.derived summary').first().click()
  await expect(page.locator('.derived[open] .evidence-button').first()).toBeVisible()
  await expectWell(page, 'entity-place')
})

test('an entity leads to its promises and numbers over time, where there are any', async ({ page }) => {
  await page.goto(`/entity/${await idOf(page, '潮汐智能制造基地三期')}`)
  await page.getByRole('link', { name: '时间线：承诺与进展' }).click()
  await expect(page.getByRole('status').filter({ hasText: '项承诺' })).toBeVisible()
  for (const name of await page.locator('.timeline-name').all())
    await expect(name).toContainText('潮汐智能制造基地三期')
  await page.goto(`/entity/${await idOf(page, '潮汐智能制造基地')}`)
  await page.getByRole('link', { name: '按时期看指标' }).click()
  await expect(page.getByRole('heading', { name: '入驻企业', level: 2 })).toBeVisible()
  await expect(page.locator('.indicators-table tbody tr').first()).toContainText('潮汐智能制造基地')
  await page.goto(`/entity/${await idOf(page, '白鹭湿地公园')}`)
  await expect(page.getByRole('heading', { name: '原文提及' })).toBeVisible()
  await expect(page.getByRole('link', { name: '按时期看指标' })).toHaveCount(0)
})

test('an unknown entity leads to the search', async ({ page }) => {
  await page.goto('/entity/nobody')
  await expect(page.getByRole('heading', { name: '图谱里没有地址所指的实体' })).toBeVisible()
})
