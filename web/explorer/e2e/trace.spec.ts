import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { start } from './server'
import { allow, expect, expectWell, idOf, test } from './test'

test('an initiative is chosen by typing, and each of its ways opens its sentence', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: '溯源' }).click()
  await expect(page.getByRole('link', { name: '里坊焕新' })).toBeVisible()
  await expectWell(page, 'trace-start')

  await page.getByRole('combobox', { name: /^事项/ }).fill('lfhx')
  await page
    .getByRole('option', { name: /里坊焕新/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/trace\?from=program-/)
  const picture = page.getByRole('group', { name: /里坊焕新的路径图/ })
  await expect(picture.getByRole('link', { name: '东堰村', exact: true })).toBeVisible()
  await expect(picture.getByText('推导', { exact: true }).first()).toBeVisible()
  await expectWell(page, 'trace-picture')

  await picture.getByRole('link', { name: '里坊焕新 覆盖 石桥社区：打开原句' }).click()
  const drawer = page.getByRole('dialog', { name: '出处' })
  await expect(drawer.locator('mark').first()).toContainText('石桥社区')
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()

  // The same by keyboard; what is derived has no sentence, and says so.
  const ladder = picture.getByRole('img', { name: '盐埠镇 上级地区 青屿区：依行政区划推导' })
  await ladder.focus()
  await expect(page.locator('.trace-told')).toHaveText('盐埠镇 上级地区 青屿区：依行政区划推导，报告未直接述及')
  const step = picture.getByRole('link', { name: '东堰村 位于 盐埠镇：打开原句' })
  await step.focus()
  await page.keyboard.press('Enter')
  await expect(drawer.locator('mark').first()).toContainText('盐埠镇东堰村')
  await page.reload()
  await expect(drawer.locator('mark').first()).toContainText('盐埠镇东堰村')
})

test('the list nests the ways and marks what is derived', async ({ page }) => {
  await page.goto(`/trace?from=${await idOf(page, '里坊焕新')}`)
  await page.getByRole('tab', { name: '清单' }).click()
  await expect(page).toHaveURL(/view=list/)
  const village = page.locator('.trace-list > ul > li', { hasText: '东堰村' })
  await expect(village.locator('li').first()).toContainText('位于 盐埠镇')
  await expect(village.locator('li li').first()).toContainText('上级地区 青屿区')
  await expect(village.locator('li li').first().locator('.tag').first()).toHaveText('推导')
  await expectWell(page, 'trace-list')
  await village.getByRole('link', { name: '出处' }).first().click()
  await expect(page.getByRole('dialog', { name: '出处' }).locator('mark').first()).toContainText('东堰村')
})

test('filters narrow the ways, and the address keeps them', async ({ page }) => {
  await page.goto(`/trace?from=${await idOf(page, '里坊焕新')}`)
  const ways = page.getByRole('status').filter({ hasText: '条路径' })
  await expect(ways).toHaveText('14 条路径')
  await page.getByRole('combobox', { name: '步骤' }).selectOption('仅原文述及')
  await expect(ways).toHaveText('6 条路径')
  await page.getByRole('combobox', { name: '终点级别' }).selectOption('乡级')
  await expect(ways).toHaveText('4 条路径')
  await page.reload()
  await expect(ways).toHaveText('4 条路径')
  await page.getByRole('combobox', { name: '终点级别' }).selectOption('国家')
  await expect(page.getByRole('heading', { name: '没有找到路径' })).toBeVisible()
  await page.getByRole('link', { name: '去掉筛选' }).click()
  await expect(ways).toHaveText('14 条路径')
})

test('the memo is read, copied, and taken away as Markdown and DOCX with its sources', async ({ page }) => {
  await page.goto(`/trace?from=${await idOf(page, '里坊焕新')}&view=memo`)
  const paper = page.locator('.memo-paper')
  await expect(paper.getByRole('heading', { name: '“里坊焕新”落地情况摘编' })).toBeVisible()
  await expect(paper).toContainText('“里坊焕新”拟覆盖听涛街道')
  await expect(paper).toContainText('属青屿区（推导）')
  await expect(paper).toContainText(/“里坊焕新”拟覆盖听涛街道\[2\]（可信度\d+%）/)
  await expect(paper).toContainText(/的报告述及“深入实施‘里坊焕新’工程”（状态：实施）\[1\]（可信度\d+%）/)
  await expect(paper).toContainText('行政区划层级推得（规则 administrative-ladder）')
  await expect(paper.locator('.memo-source').first()).toContainText(/第\d+行（规则 [a-z.-]+/)
  await expect(paper.locator('.memo-source').first()).toContainText(
    '《政府工作报告》，澜川市青屿区人民政府，2025年1月9日',
  )
  const link = await paper.locator('.memo-source a').first().getAttribute('href')
  expect(link).toMatch(/^http.*\/report\/.*passage=.*start=\d+/)
  await expectWell(page, 'trace-memo')

  await page.getByRole('button', { name: '复制' }).click()
  await expect(page.getByText('已复制')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('# “里坊焕新”落地情况摘编')

  const [markdown] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Markdown' }).click(),
  ])
  expect(markdown.suggestedFilename()).toBe('“里坊焕新”落地情况摘编.md')
  expect(readFileSync(await markdown.path(), 'utf8')).toBe(copied)

  const [word] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Word' }).click()])
  expect(word.suggestedFilename()).toBe('“里坊焕新”落地情况摘编.docx')
  const part = (name: string) => execFileSync('unzip', ['-p', '--', word_, name], { encoding: 'utf8' })
  const word_ = await word.path()
  const text = part('word/document.xml')
  const words = text.replace(/<[^>]+>/g, '')
  expect(words).toMatch(/“里坊焕新”拟覆盖听涛街道\[2\]（可信度\d+%）/)
  expect(words).toMatch(/第\d+行（规则 [a-z.-]+/)
  expect(words).toContain('深入实施‘里坊焕新’工程')
  expect(text).toContain('w:anchor="source1"')
  expect(text).toContain('w:name="source1"')
  expect(part('word/styles.xml')).toMatch(/w:eastAsia="宋体".*w:eastAsia="黑体"/s)
  expect(part('word/_rels/document.xml.rels')).toContain(link?.replaceAll('&', '&amp;'))
})

test('from a street, what reaches it', async ({ page }) => {
  await page.goto('/trace')
  await page.getByRole('button', { name: '什么到达这里' }).click()
  await page.getByRole('combobox', { name: /^地方/ }).fill('望潮街道')
  await page.getByRole('option', { name: '望潮街道' }).first().click()
  await expect(page).toHaveURL(/direction=REACHED_BY/)
  const picture = page.getByRole('group', { name: /望潮街道的路径图/ })
  await expect(picture.getByRole('link', { name: '里坊焕新 覆盖 石桥社区：打开原句' })).toBeVisible()
  await expectWell(page, 'trace-street')
  await page.getByRole('tab', { name: '文稿' }).click()
  await expect(page.locator('.memo-paper')).toContainText(
    /“里坊焕新”覆盖石桥社区\[1\]（可信度\d+%），石桥社区位于望潮街道/,
  )
})

test('a memo tells what people judged of the statements', async ({ page }) => {
  const { url, stop } = await start('demo')
  allow(url)
  try {
    const ask = async (query: string, variables: object) => {
      const response = await page.request.post(`${url}/graphql`, { data: { query, variables } })
      return (await response.json()).data
    }
    const program = await ask(
      '{ entity(name: "里坊焕新") { id claims(filter: {relations: [COVERS]}) { nodes { id modality object { name } } } } }',
      {},
    )
    const claims: { id: string; object: { name: string } }[] = program.entity.claims.nodes
    const of = (name: string) => claims.find(({ object }) => object.name === name)?.id
    await ask('mutation ($id: ID!) { confirmClaim(input: {claim: $id}) { change { id } } }', { id: of('石桥社区') })
    await ask('mutation ($id: ID!) { correctClaim(input: {claim: $id, modality: FACT}) { change { id } } }', {
      id: of('听涛街道'),
    })
    await page.goto(`${url}/trace?from=${program.entity.id}&view=memo`)
    const paper = page.locator('.memo-paper')
    await expect(paper).toContainText(/覆盖石桥社区\[\d+\]（可信度\d+%，经人工确认）/)
    await expect(paper).toContainText(/“里坊焕新”覆盖听涛街道\[\d+\]（可信度\d+%，经人工更正）/)
    await expect(paper).toContainText(/覆盖东堰村\[\d+\]（可信度\d+%）/)
  } finally {
    await stop()
  }
})
