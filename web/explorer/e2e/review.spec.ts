import { type Server, start } from './server'
import { allow, expect, expectWell, test } from './test'

let server: Server

test.beforeAll(async () => {
  server = await start('demo')
  allow(server.url)
})
test.afterAll(() => server.stop())

test('claims are judged by keys, the least sure first, and undone', async ({ page }) => {
  await page.goto(server.url)
  await page.getByRole('link', { name: '审校' }).click()
  const left = page.getByRole('status').filter({ hasText: '条待审' })
  await expect(left).toBeVisible()
  const count = async () => Number(/\d+/.exec((await left.textContent()) ?? '')?.[0])
  const before = await count()
  const current = page.locator('.review-list > [aria-current]')
  await expect(current.locator('blockquote mark').first()).toBeVisible()
  await expect(current.locator('.review-name').first()).toBeVisible()
  const sure = await page.locator('.review-list .confidence-bar, .review-other > .muted').allTextContents()
  expect(sure.length).toBeGreaterThan(5)
  await expectWell(page, 'review')

  const first = await current.locator('.fact-said').textContent()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/at=claim-/)
  await expect(current.locator('.fact-said')).not.toHaveText(first ?? '')
  await page.reload()
  await expect(current.locator('.fact-said')).not.toHaveText(first ?? '')
  await page.keyboard.press('k')
  await expect(current.locator('.fact-said')).toHaveText(first ?? '')

  // Confirmed: gone from the queue, and back by undoing.
  const messages = page.getByRole('region', { name: '消息' })
  await page.keyboard.press('y')
  await expect(messages).toContainText('已确认')
  await expect.poll(count).toBe(before - 1)
  await expect(current.locator('.fact-said')).not.toHaveText(first ?? '')
  await expectWell(page, 'review-message')
  await messages.getByRole('button', { name: '撤销' }).click()
  await expect(messages).toContainText('已撤销')
  await expect.poll(count).toBe(before)

  // Thought better of: the keys work again.
  await page.keyboard.press('n')
  await expect(page.getByLabel(/^缘由/)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByLabel(/^缘由/)).toHaveCount(0)
  await expect(current).toBeFocused()
  await page.keyboard.press('e')
  await expect(page.getByLabel('已述还是目标')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('已述还是目标')).toHaveCount(0)

  // Rejected with a reason; while it is typed, keys are letters.
  const wrong = (await current.locator('.fact-said').textContent()) ?? ''
  await page.keyboard.press('n')
  await page.getByLabel(/^缘由/).fill('')
  await page.keyboard.type('yes, only a plan')
  await page.keyboard.press('Enter')
  await expect(messages).toContainText('已否定')
  await expect.poll(count).toBe(before - 1)

  await page.getByRole('link', { name: '修改记录' }).click()
  await expect(page).toHaveURL(/tab=changes/)
  const latest = page.locator('.review-changes > li').first()
  await expect(latest).toContainText('否定陈述')
  await expect(latest).toContainText('yes, only a plan')
  await expect(latest).toContainText('面向产业')
  await expect(latest.locator('.evidence-button')).toBeVisible()
  await expectWell(page, 'review-changes')
  await latest.getByRole('button', { name: '撤销' }).click()
  await expect(messages).toContainText('已撤销')
  await expect(page.locator('.review-changes > li').nth(1)).toContainText('已由')
  await page.getByRole('link', { name: '待审' }).click()
  await expect.poll(count).toBe(before)
  await expect(page.locator('.review-list')).toContainText(wrong.split(' ')[0] ?? '')
})

test('a claim is corrected where its sentence is shown', async ({ page }) => {
  await page.goto(`${server.url}/tables/claims?relation=SETTLED_IN`)
  const row = page.locator('.evidence-button').first()
  await row.click()
  const drawer = page.getByRole('dialog', { name: '出处' })
  const actions = drawer.getByRole('region', { name: '审校这条陈述' })
  await actions.getByRole('button', { name: '更正…' }).click()
  await expect(actions.getByLabel('已述还是目标')).toHaveValue('FACT')
  await expectWell(page, 'correct')
  await actions.getByRole('button', { name: '保存更正' }).click()
  await expect(actions.getByRole('alert')).toContainText('还没有改动')
  await actions.getByLabel('已述还是目标').selectOption('AIM')
  await actions.getByLabel('到', { exact: true }).fill('2026')
  await actions.getByLabel(/^缘由/).fill('说的是计划')
  const old = new URL(page.url()).searchParams.get('fact')
  await actions.getByRole('button', { name: '保存更正' }).click()

  const messages = page.getByRole('region', { name: '消息' })
  await expect(messages).toContainText('已更正')
  await expect.poll(() => new URL(page.url()).searchParams.get('fact')).not.toBe(old)
  await expect(drawer.locator('.drawer-fact')).toContainText('目标')
  await expect(drawer.locator('.drawer-fact')).toContainText('2026年')
  await expect(drawer.locator('.curation')).toContainText('更正所得')
  await expect(drawer.locator('.curation')).toContainText('说的是计划')
  await expectWell(page, 'corrected')
  // The message can be used while the drawer is open.
  await messages.getByRole('button', { name: '撤销' }).click()
  await expect(messages).toContainText('已撤销')
  await page.goto(`${server.url}/?fact=${old}`)
  await expect(drawer.locator('.drawer-fact')).not.toContainText('目标')
  await expect(drawer.locator('.curation')).toHaveCount(0)
})

test('an entity is named, merged with another and split again', async ({ page }) => {
  const messages = page.getByRole('region', { name: '消息' })
  const act = async (item: string) => {
    await page.getByRole('button', { name: '编辑' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const open = async (name: string) => {
    await page.goto(`${server.url}/tables/parks?${new URLSearchParams({ name })}`)
    await page.locator('main').getByRole('link', { name, exact: true }).first().click()
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  }
  await open('潮汐智能制造基地')
  const dialog = page.getByRole('dialog')
  await act('加别名…')
  await dialog.getByLabel('别名', { exact: true }).fill('潮汐智造')
  await expectWell(page, 'alias')
  await dialog.getByRole('button', { name: '加上' }).click()
  await expect(messages).toContainText('已加别名“潮汐智造”')
  await expect(page.locator('header').getByText('潮汐智造')).toBeVisible()

  await act('合并…')
  await dialog.getByRole('button', { name: '合并' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('先选一个实体。')
  await dialog.getByRole('combobox', { name: '与它相同的实体' }).fill('海洋装备产业园')
  await page.getByRole('option', { name: '海洋装备产业园' }).click()
  await expectWell(page, 'merge')
  await dialog.getByRole('button', { name: '合并' }).click()
  await expect(messages).toContainText('已合并')
  await expect(page.locator('header').getByText('海洋装备产业园')).toBeVisible()
  await messages.getByRole('button', { name: '撤销' }).click()
  await expect(page.locator('header').getByText('海洋装备产业园')).toHaveCount(0)

  // Split by facts, under a name that nobody knew; both changes are undone at once.
  const facts = page.locator('article .facts')
  await act('拆分…')
  await dialog.getByRole('button', { name: '拆分' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('填上另一个的名称。')
  await dialog.getByLabel('另一个的名称', { exact: true }).fill('潮汐二号园')
  await expect(dialog.getByRole('alert')).toContainText('勾选属于它的事实')
  const list = dialog.getByRole('group', { name: '属于另一个的事实' })
  await expect(list.getByRole('heading', { name: /qingyu-2024\.txt/ })).toBeVisible()
  await list.getByRole('checkbox', { name: /国家级绿色园区/ }).check()
  const preview = dialog.getByRole('region', { name: '拆分之后' })
  await expect(preview).toContainText('勾选的 1 条事实')
  await expect(preview).toContainText('留在“潮汐智能制造基地”')
  await expectWell(page, 'split')
  // What was told of the change before covers no line of the dialog.
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  for (const now of [
    { width: 1280, height: 420 },
    { width: 360, height: 640 },
  ]) {
    await page.setViewportSize(now)
    const last = dialog.getByRole('button', { name: '取消' })
    await dialog.evaluate((box) => box.scrollTo(0, box.scrollHeight))
    const [button, message] = [await last.boundingBox(), await messages.boundingBox()]
    if (!button || !message) throw new Error('no button or message')
    expect(message.height).toBeGreaterThan(20)
    expect(button.y + button.height).toBeLessThan(message.y)
  }
  await page.setViewportSize(size)
  await dialog.getByRole('button', { name: '拆分' }).click()
  await expect(page.getByRole('heading', { name: '潮汐二号园', level: 1 })).toBeVisible()
  await expect(facts).toHaveCount(1)
  await expect(facts).toContainText('国家级绿色园区')
  await messages.getByRole('button', { name: '撤销' }).click()
  await expect(messages).toContainText('已撤销')
  await open('潮汐智能制造基地')
  await expect(facts.filter({ hasText: '国家级绿色园区' })).toHaveCount(1)
  await expect(page.locator('header').getByText('潮汐二号园')).toHaveCount(0)

  // Split by a name that it has.
  await act('拆分…')
  await dialog.getByLabel('另一个的名称', { exact: true }).fill('潮汐智造')
  await expect(dialog.getByRole('checkbox', { name: '潮汐智造', exact: true })).toBeChecked()
  await dialog.getByRole('button', { name: '拆分' }).click()
  await expect(page.getByRole('heading', { name: '潮汐智造', level: 1 })).toBeVisible()
  await messages.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('heading', { name: '图谱里没有地址所指的实体' })).toBeVisible()
})

test('readers see the sentence and the record, but nothing to change', async ({ page }) => {
  const { url, stop } = await start('demo', '--role', 'reader')
  allow(url)
  try {
    await page.goto(`${url}/review`)
    await expect(page.getByRole('heading', { name: '这需要编辑的权限' })).toBeVisible()
    await expect(page.getByText('lantu key add --role editor')).toBeVisible()
    await expectWell(page, 'review-refused')
    await page.getByRole('link', { name: '修改记录' }).click()
    await expect(page.getByRole('heading', { name: '没有修改' })).toBeVisible()
    await expect(page.getByRole('button', { name: '撤销' })).toHaveCount(0)
    await expectWell(page, 'review-no-changes')
    await page.goto(`${url}/tables/claims`)
    await page.locator('.evidence-button').first().click()
    await expect(page.getByRole('dialog').locator('blockquote mark').first()).toBeVisible()
    await expect(page.getByRole('region', { name: '审校这条陈述' })).toHaveCount(0)
  } finally {
    await stop()
  }
})
