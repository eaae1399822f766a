import type { Page } from '@playwright/test'
import { type Server, start } from './server'
import { allow, expect, expectWell, test } from './test'

let server: Server

test.beforeAll(async () => {
  server = await start('demo')
  allow(server.url)
})
test.afterAll(() => server.stop())

/** Selects words of the text, as a pointer or keys do, in whatever pieces they stand. */
async function select(page: Page, words: string) {
  await page.locator('.passage p', { hasText: words }).evaluate((paragraph, words) => {
    const at = paragraph.textContent.indexOf(words)
    const range = document.createRange()
    let before = 0
    const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const length = node.textContent?.length ?? 0
      if (at >= before && at < before + length) range.setStart(node, at - before)
      const end = at + words.length
      if (end > before && end <= before + length) range.setEnd(node, end - before)
      before += length
    }
    document.getSelection()?.removeAllRanges()
    document.getSelection()?.addRange(range)
    paragraph.scrollIntoView({ block: 'center' })
  }, words)
}

test('a fact that was not read is added from the words that say so', async ({ page }) => {
  await page.goto(`${server.url}/report/qingyu-2024.txt`)
  const words = '接入政务服务事项412项'
  const passage = page.locator('.passage', { hasText: words })
  await expect(passage).toBeVisible()
  await select(page, words)
  await page.getByRole('group', { name: '所选的字句' }).getByRole('button', { name: '添加事实' }).click()
  const form = passage.getByRole('form', { name: '添加事实' })
  await expect(form.getByLabel(/^引文/)).toHaveValue(words)

  // The ends offer what the passage names; relations are those that go with them.
  const relation = form.getByLabel('说了什么')
  await expect(relation.getByRole('option', { name: '入驻' })).toHaveCount(1)
  await form.getByRole('combobox', { name: '说的是谁' }).click()
  await page.getByRole('option', { name: '设施 澜川市第二人民医院青屿院区' }).click()
  await expect(relation.getByRole('option', { name: '入驻' })).toHaveCount(0)
  await relation.selectOption({ label: '面向产业' })
  await form.getByRole('button', { name: '添加', exact: true }).click()
  await expect(form.getByRole('alert')).toHaveText('先选定说的是谁与另一端。')
  await form.getByRole('button', { name: '列表里没有？新建' }).click()
  await expect(form.getByLabel('另一端: 类别').getByRole('option')).toHaveText(['产业'])
  await form.getByLabel('另一端: 名称').fill('智慧医养')
  await form.getByLabel('已述还是目标').selectOption('AIM')
  await form.getByLabel('到', { exact: true }).fill('2025')
  await form.getByLabel(/^缘由/).fill('原文如此')

  // Words that do not stand there are refused by the server, at the form, and nothing is lost.
  await form.getByLabel(/^引文/).fill('接入政务服务事项四百项')
  await form.getByRole('button', { name: '添加', exact: true }).click()
  await expect(form.getByRole('alert')).toContainText('没有改成')
  await expect(form.getByRole('alert')).toContainText('所填的内容不能这样用')
  await expect(form.getByRole('alert').locator('[lang=en]')).toContainText('quote')
  await expect(form.getByRole('alert').locator('code')).toHaveText('BAD_USER_INPUT')
  await expectWell(page, 'add-refused')
  await form.getByLabel('引本段的哪一句').selectOption({ label: '所选的字句' })
  await expect(form.getByLabel(/^引文/)).toHaveValue(words)
  await form.getByRole('button', { name: '添加', exact: true }).click()

  const messages = page.getByRole('region', { name: '消息' })
  await expect(messages).toContainText('已添加这条事实')
  await expect(form).toHaveCount(0)
  await expect.poll(async () => (await passage.locator('p mark').allTextContents()).join('')).toBe(words)
  const added = passage.locator('.passage-facts [aria-current]')
  await expect(added).toContainText('智慧医养')
  await expect(added).toContainText('目标')
  await expect(added).toContainText('2025年')
  await expect(passage.getByRole('button', { name: '事实', exact: true })).toBeFocused()
  await expectWell(page, 'added')
  await added.locator('.evidence-button').click()
  const drawer = page.getByRole('dialog', { name: '出处' })
  await expect(drawer.locator('mark')).toHaveText(words)
  await expect(drawer.locator('.curation')).toContainText('原文如此')
  await page.keyboard.press('Escape')
  await messages.getByRole('button', { name: '撤销' }).click()
  await expect(passage.locator('.passage-facts')).not.toContainText('智慧医养')
})

test('Enter takes the first name as soon as it is shown', async ({ page }) => {
  await page.goto(`${server.url}/report/qingyu-2024.txt`)
  const passage = page.locator('.passage', { hasText: '做强现代产业' })
  await passage.getByRole('button', { name: '添加事实' }).click()
  const form = passage.getByRole('form', { name: '添加事实' })
  await form.getByRole('combobox', { name: '说的是谁' }).focus()
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[role=option]')) return
      observer.disconnect()
      const enter = { key: 'Enter', bubbles: true, cancelable: true }
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', enter))
      document.activeElement?.dispatchEvent(new KeyboardEvent('keyup', enter))
    }).observe(document.body, { childList: true, subtree: true })
  })
  await page.keyboard.insertText('青屿低空飞行服务中心')
  await expect(form.getByRole('button', { name: /青屿低空飞行服务中心/ })).toBeVisible()
})

test('the keyboard alone adds a fact, with a sentence of the passage, in English too', async ({ page }) => {
  await page.goto(`${server.url}/report/qingyu-2024.txt`)
  await page.getByRole('button', { name: 'English' }).click()
  const passage = page.locator('.passage', { hasText: '做强现代产业' })
  await passage.getByRole('button', { name: 'Add a fact' }).focus()
  await page.keyboard.press('Enter')
  const form = passage.getByRole('form', { name: 'Add a fact' })
  const quote = form.getByLabel(/^Quote/)
  await expect(quote).toBeFocused()
  await expect(quote).toHaveValue('（一）做强现代产业。')
  await page.keyboard.press('Shift+Tab')
  await expect(form.getByLabel('Sentence to quote')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(quote).toHaveValue(/^推进潮汐智能制造基地三期建设，.*20个。$/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('青屿低空飞行服务中心')
  await expect(page.getByRole('option', { name: 'Facility 青屿低空飞行服务中心' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(form.getByRole('button', { name: /青屿低空飞行服务中心/ })).toBeVisible()
  await form.getByLabel('What it says').focus()
  await page.keyboard.type('rank')
  await form.getByLabel('Words at the other end').focus()
  await page.keyboard.type('全区首个')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('The fact was added')
  await expect(passage.locator('.passage-facts [aria-current]')).toContainText('全区首个')
  await expect(passage.locator('p mark').first()).toHaveText(/^推进/)

  await passage.getByRole('button', { name: 'Add a fact' }).focus()
  await page.keyboard.press('Enter')
  await expect(quote).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(form).toHaveCount(0)
})

test('readers are offered no form', async ({ page }) => {
  const { url, stop } = await start('demo', '--role', 'reader')
  allow(url)
  try {
    await page.goto(`${url}/report/qingyu-2024.txt`)
    await expect(page.locator('.mention').first()).toBeVisible()
    await expect(page.getByRole('button', { name: '事实', exact: true }).first()).toBeVisible()
    await select(page, '接入政务服务事项412项')
    await expect(page.getByRole('button', { name: '添加事实' })).toHaveCount(0)
  } finally {
    await stop()
  }
})
