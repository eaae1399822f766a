import { expect, expectWell, test } from './test'

test('newcomers are offered the tour once, and led through it by keyboard', async ({ page }) => {
  await page.goto('/')
  const offer = page.getByRole('region', { name: '开始导览' })
  await expectWell(page, 'home-invitation')
  await offer.getByRole('link', { name: '开始导览' }).click()

  const step = page.getByRole('dialog')
  await expect(step).toHaveAccessibleName('从搜索开始')
  await expect(page).toHaveURL(/tour=1/)
  await expect(page.locator('.tour-target')).toBeVisible()
  await expectWell(page, 'tour-1')
  await expect(step.getByRole('button', { name: '下一步' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(step).toHaveAccessibleName('每条事实都有原句')
  await expect(page).toHaveURL(/\/tables\/claims\?tour=2/)
  await expect(page.locator('.tour-target')).toHaveText('出处')
  await expectWell(page, 'tour-2')
  await page.reload()
  await expect(step).toHaveAccessibleName('每条事实都有原句')
  await step.getByRole('button', { name: '上一步' }).click()
  await expect(step).toHaveAccessibleName('从搜索开始')
  for (const title of ['每条事实都有原句', '看看有多可靠', '溯源到街道', '随时可以回来']) {
    await step.getByRole('button', { name: '下一步' }).click()
    await expect(step).toHaveAccessibleName(title)
  }
  await step.getByRole('button', { name: '完成' }).click()
  await expect(step).toHaveCount(0)
  await expect(page).toHaveURL(/\/help\??$/)

  await page.goto('/')
  await expect(page.getByText('份报告')).toBeVisible()
  await expect(offer).toHaveCount(0)
})

test('the tour is ended by Escape, and started again from help', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: '不用了' }).click()
  await page.reload()
  await expect(page.getByText('份报告')).toBeVisible()
  await expect(page.getByRole('button', { name: '不用了' })).toHaveCount(0)

  await page.getByRole('link', { name: '帮助' }).click()
  await page.getByRole('link', { name: '开始导览' }).click()
  const step = page.getByRole('dialog')
  await expect(step).toHaveAccessibleName('从搜索开始')
  await page.keyboard.press('Escape')
  await expect(step).toHaveCount(0)
  await expect(page).not.toHaveURL(/tour=/)
})

test('help tells of every view, kind and relation, and leads there', async ({ page }) => {
  await page.goto('/help')
  await expect(page.getByRole('heading', { name: '帮助', level: 1 })).toBeVisible()
  const nav = page.getByRole('navigation', { name: '主导航' }).getByRole('link')
  for (const name of await nav.allTextContents())
    if (name !== '帮助') await expect(page.locator('.help-list').getByRole('link', { name, exact: true })).toBeVisible()
  await expect(page.locator('.help .kind-badge')).toHaveCount(10)
  await expectWell(page, 'help')
  await page.getByRole('navigation', { name: '目录' }).getByRole('link', { name: '词汇' }).click()
  await expect(page).toHaveURL(/#glossary/)
  await page.locator('.help-list').getByRole('link', { name: '入驻', exact: true }).click()
  await expect(page).toHaveURL(/\/tables\/claims\?relation=SETTLED_IN/)
  await page.goBack()
  await page.getByRole('link', { name: /打开 GraphiQL/ }).click()
  await expect(page).toHaveURL(/\/graphiql/)
})

test('help leads to the licences of all that is built in', async ({ page }) => {
  await page.goto('/help')
  await page.getByRole('link', { name: '本应用' }).click()
  await expect(page).toHaveURL(/\/licences\.txt$/)
  const text = (await page.locator('body').textContent()) ?? ''
  // Of the first view, of a chunk, of a worker, and what packages have inside.
  for (const name of ['react', 'docx', 'sigma', 'd3-dag', 'graphology-layout-forceatlas2', 'fflate', 'quadprog'])
    expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\((MIT|ISC)\\)$`, 'm'))
  expect(text).toContain('Copyright (c) Meta Platforms')
  const graphiql = await page.request.get('/graphiql/licences.txt')
  expect(await graphiql.text()).toMatch(/^graphiql [\d.]+ \(MIT\)$/m)
})
