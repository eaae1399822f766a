import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, expectWell, test } from './test'

const table = (page: Page) => page.getByRole('region', { name: /可左右滚动/ })
const column = (page: Page, head: string) => table(page).locator(`tbody td[data-head="${head}"]`)

/** Downloads the table shown and gives the rows of its CSV. */
async function downloaded(page: Page): Promise<string[][]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 CSV' }).click(),
  ])
  const content = await readFile(await download.path(), 'utf8')
  expect(content.startsWith('\ufeff')).toBe(true)
  return content
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
      ),
    )
}

test('parks are listed, narrowed and ordered, and the address keeps it all', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '表格' }).click()
  await page.getByRole('navigation', { name: '表格', exact: true }).getByRole('link', { name: '园区' }).click()
  await expect(page).toHaveURL(/\/tables\/parks/)
  await expect(column(page, '名称').first()).toBeVisible()
  await expect(page.getByRole('columnheader', { name: '类别' })).toHaveCount(0)
  await expectWell(page, 'tables-parks')

  await page.getByLabel('名称包含').fill('潮汐')
  await expect(page).toHaveURL(/name=/)
  await expect(column(page, '名称').filter({ hasNotText: '潮汐' })).toHaveCount(0)
  await expect(column(page, '名称').filter({ hasText: '潮汐' }).first()).toBeVisible()

  await page.getByRole('link', { name: /^提及段落/ }).click()
  await page.getByRole('link', { name: /^提及段落/ }).click()
  await expect(page.getByRole('columnheader', { name: '提及段落' })).toHaveAttribute('aria-sort', 'descending')
  const address = page.url()
  const shown = await table(page).textContent()
  await page.reload()
  await expect(table(page)).toHaveText(shown ?? '')
  expect(page.url()).toBe(address)
  await column(page, '名称').getByRole('link').first().click()
  await expect(page).toHaveURL(/\/entity\//)
})

test('each claim opens its sentence, and filters narrow what is asked', async ({ page }) => {
  await page.goto('/tables/claims?relation=SETTLED_IN')
  await expect(column(page, '关系').first()).toHaveText('入驻')
  expect(new Set(await column(page, '关系').allTextContents())).toEqual(new Set(['入驻']))
  await expectWell(page, 'tables-claims')
  await table(page).getByRole('link', { name: '出处' }).first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.locator('mark').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)

  await page.getByLabel('可信度至少').selectOption('0.95')
  await expect(page).toHaveURL(/confidence=0\.95/)
  await page.getByRole('combobox', { name: '涉及的实体' }).fill('cxznzz')
  await page
    .getByRole('option', { name: /潮汐智能制造基地/ })
    .first()
    .click()
  await expect(page).toHaveURL(/about=/)
  await expect(page.getByRole('button', { name: /涉及的实体: 去掉潮汐智能制造基地/ })).toBeVisible()
})

test('columns are chosen, and the address says which', async ({ page }) => {
  await page.goto('/tables/observations')
  await expect(page.getByRole('columnheader', { name: '指标' })).toBeVisible()
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: '原句', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: '类型' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: '原句' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: '类型' })).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('columnheader', { name: '原句' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: '类型' })).toHaveCount(0)
  await expectWell(page, 'tables-observations')
})

test('a CSV has every row that passes the filter, with its source', async ({ page }) => {
  await page.goto('/tables/claims')
  const found = await page.getByRole('status').filter({ hasText: '共' }).first().textContent()
  const total = Number(/\d+/.exec((found ?? '').replaceAll(',', ''))?.[0])
  expect(total).toBeGreaterThan(50)
  const [head = [], ...rows] = await downloaded(page)
  expect(rows).toHaveLength(total)
  expect(head).toEqual(expect.arrayContaining(['主体', '关系', '客体', '引文', '原句', '报告', '报告日期', '链接']))
  for (const row of rows) {
    expect(row).toHaveLength(head.length)
    expect(row[head.indexOf('原句')]).toContain(row[head.indexOf('引文')])
    expect(row[head.indexOf('链接')]).toMatch(/^http.*\/report\//)
    expect(row[head.indexOf('可信度')]).toMatch(/^[01](\.\d{1,3})?$/)
    expect(row[head.indexOf('报告')]).toMatch(/^\S+ \S/)
  }
  await expect(page.getByRole('status').filter({ hasText: `已下载 ${total} 行` })).toBeVisible()

  await page.goto('/tables/observations?type=CHANGE&sort=AMOUNT')
  await expect(column(page, '数值').first()).toBeVisible()
  const [numbers = [], ...changes] = await downloaded(page)
  const values = changes.map((row) => Number(row[numbers.indexOf('数值')]))
  expect(values.length).toBeGreaterThan(5)
  expect(values.every((value) => Number.isFinite(value))).toBe(true)
})

test('reports stand in a table of their own; what does not match says what to do', async ({ page }) => {
  await page.goto('/tables/reports')
  await expect(column(page, '标题').first()).toBeVisible()
  await expectWell(page, 'tables-reports')
  await page.goto('/tables/projects?name=没有这样的项目')
  await expect(page.getByRole('heading', { name: '没有符合条件的行' })).toBeVisible()
  await expectWell(page, 'tables-none')
  await page.getByRole('link', { name: '清除筛选' }).click()
  await expect(column(page, '名称').first()).toBeVisible()
  await page.goto('/tables/nothing')
  await expect(page.getByRole('heading', { name: '没有这张表' })).toBeVisible()
})

test('pages of a long table are addresses', async ({ page }) => {
  await page.goto('/tables/claims')
  await expect(column(page, '主体')).toHaveCount(50)
  const first = await column(page, '主体').allTextContents()
  await page.getByRole('link', { name: '下一页' }).click()
  await expect(page).toHaveURL(/after=/)
  await expect(column(page, '主体').first()).toBeVisible()
  await page.getByRole('link', { name: '上一页' }).click()
  await expect(page).toHaveURL(/before=/)
  await expect.poll(() => column(page, '主体').allTextContents()).toEqual(first)
})
