import { readFileSync } from 'node:fs'
import { startWith } from './server'
import { allow, expect, expectWell, idOf, test } from './test'

test('the list of reports leads to a report, with all that was found in it', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: '阅读', exact: true }).click()
  await expect(page.getByRole('heading', { name: '报告', level: 1 })).toBeVisible()
  await expectWell(page, 'reports')
  await page
    .getByRole('link', { name: /澜川市青屿区/ })
    .last()
    .click()
  await expect(page).toHaveURL(/\/report\//)
  const mention = page.locator('.mention', { hasText: /^潮汐智能制造基地$/ }).first()
  await expect(mention).toBeVisible()
  await expectWell(page, 'report')

  const parks = page.getByRole('button', { name: /^园区/ })
  await parks.click()
  await expect(page).toHaveURL(/hide=PARK/)
  await expect(mention).toBeHidden()
  await page.reload()
  await expect(page.getByRole('button', { name: /^园区/, pressed: false })).toBeVisible()
  await parks.click()
  await expect(page).not.toHaveURL(/hide=/)

  await mention.hover()
  const card = page.getByRole('dialog', { name: /潮汐智能制造基地/ })
  await expect(card.locator('.evidence-button').first()).toBeVisible()
  await expectWell(page, 'report-hover')
  await page.mouse.move(0, 0)
  await page.getByRole('navigation', { name: '目录' }).getByRole('link', { name: /重点/ }).first().click()
  await expect(page.locator('.passage.here')).toBeInViewport()
  await mention.click()
  await expect(page.getByRole('heading', { name: '潮汐智能制造基地', level: 1 })).toBeVisible()
})

test('the sentence of a fact is opened in its report, marked, and comes back by its address', async ({ page }) => {
  await page.goto(`/entity/${await idOf(page, '青屿体育中心')}`)
  await page.locator('.ladder .evidence-button').last().click()
  const drawer = page.getByRole('dialog', { name: '出处' })
  const quote = (await drawer.locator('mark').textContent()) ?? '-'
  // What stands around the quote is read without leaving.
  const paragraph = (await drawer.locator('blockquote').textContent()) ?? ''
  expect(paragraph.length).toBeGreaterThan(quote.length)
  await drawer.getByRole('link', { name: '在报告中阅读' }).click()
  await expect(page).toHaveURL(/\/report\/.+passage=.+start=/)
  const passage = page.locator('.passage.here')
  await expect(passage.locator('p')).toHaveText(paragraph)
  await expect(passage.locator('mark').first()).toBeInViewport()
  expect((await passage.locator('mark').allTextContents()).join('')).toBe(quote)
  await page.reload()
  await expect(passage.locator('mark').first()).toBeInViewport()
  await passage.getByRole('button', { name: '事实', exact: true }).click()
  await expect(passage.locator('.passage-facts .evidence-button').first()).toBeVisible()
  await expectWell(page, 'report-fact')
})

test('permalinks of the API open the reader', async ({ page }) => {
  const response = await page.request.post('/graphql', {
    data: { query: '{ claims(first: 1) { nodes { evidence { permalink quote } } } }' },
  })
  const { data } = (await response.json()) as {
    data: { claims: { nodes: { evidence: { permalink: string; quote: string }[] }[] } }
  }
  const evidence = data.claims.nodes[0]?.evidence[0]
  await page.goto(evidence?.permalink ?? '')
  await expect(page.locator('.passage.here mark').first()).toBeInViewport()
  expect((await page.locator('.passage.here mark').allTextContents()).join('')).toBe(evidence?.quote)
})

test('a report is found by its file, an unknown one is said to be', async ({ page }) => {
  await page.goto('/report/qingyu-2024.txt')
  await expect(page.getByRole('heading', { name: '政府工作报告', level: 1 })).toBeVisible()
  await page.goto('/report/nothing.txt')
  await expect(page.getByRole('heading', { name: '没有地址所指的报告' })).toBeVisible()
})

test('two reports are laid side by side', async ({ page }) => {
  await page.goto('/reports')
  for (const box of [page.getByRole('checkbox').first(), page.getByRole('checkbox').last()]) {
    // It is checked when the address says so.
    await box.click()
    await expect(box).toBeChecked()
  }
  await page.getByRole('link', { name: '对比所选' }).click()
  await expect(page.locator('.compare-reports p').first()).toContainText('2025年1月9日')
  await expect(page.locator('.compare-reports p').last()).toContainText('2026年1月8日')
  await expect(page.locator('.compare-table tbody tr').first()).toBeVisible()
  await expectWell(page, 'compare-status')
  await page
    .getByRole('navigation', { name: '变化' })
    .getByRole('link', { name: /数字变化/ })
    .click()
  const gdp = page.locator('.compare-table tr', { hasText: '513.8' }).first()
  await expect(gdp).toContainText('地区生产总值')
  // Aims stand beside aims; what is the same in both has not changed.
  const aim = page.locator('.compare-table tr', { hasText: '目标' })
  await expect(aim.filter({ hasText: '地区生产总值' })).toContainText('-0.5个百分点')
  await expect(aim.filter({ hasText: '地区生产总值' }).locator('td b')).toHaveText(['+6%', '+5.5%'])
  await expect(aim.filter({ hasText: '一般公共预算收入' })).toHaveCount(0)
  await expect(page.getByRole('note')).toHaveCount(0)
  await expectWell(page, 'compare-values')
  await gdp.locator('.evidence-button').last().click()
  await expect(page.getByRole('dialog', { name: '出处' }).locator('mark')).toContainText('513.8')
  await page.keyboard.press('Escape')
  for (const [tab, shown] of [
    ['新出现', '.entity-link'],
    ['不再提到', '.entity-link'],
    ['新说法', '.fact-line'],
    ['不再说', '.fact-line'],
  ] as const) {
    await page
      .getByRole('navigation', { name: '变化' })
      .getByRole('link', { name: new RegExp(`^${tab}`) })
      .click()
    await expect(page.locator(`.compare-list ${shown}`).first()).toBeVisible()
  }
  await expectWell(page, 'compare-claims')
})

test('two regions laid side by side are told to be two', async ({ page }) => {
  const { url, stop } = await startWith('sums-2024.txt', {
    name: 'dongshan.txt',
    text: '政府工作报告\n——2025年1月9日在柳溪市东山县第五届人民代表大会第四次会议上\n东山县人民政府县长 林知远\n各位代表：\n2024年，全县地区生产总值增长6.1%。\n',
  })
  allow(url)
  try {
    await page.goto(`${url}/compare?before=sums-2024.txt&after=dongshan.txt&tab=values`)
    await expect(page.getByRole('note')).toContainText('两份报告说的是不同的地区（松岭区、东山县）')
    await expectWell(page, 'compare-regions')
    await page.getByRole('note').getByRole('link', { name: '指标' }).click()
    await expect(page).toHaveURL(/\/indicators$/)
    await page.goto('about:blank')
  } finally {
    await stop()
  }
})

test('a report of 300 kB is read whole, and a passage at its end is arrived at', async ({ page }) => {
  const lines = readFileSync(new URL('../../../cmd/lantu/demo/qingyu-2024.txt', import.meta.url), 'utf8').split('\n')
  // Years of the same district, with other numbers.
  const years = Array.from({ length: 74 }, (_, year) =>
    lines.slice(5).map((line) => line.replace(/\b\d{1,3}\b/g, (n) => String(Number(n) + year))),
  )
  const text = [...lines.slice(0, 5), ...years.flat()].join('\n')
  expect(Buffer.byteLength(text)).toBeGreaterThan(300_000)
  const { url, stop } = await startWith({ name: 'long.txt', text })
  allow(url)
  try {
    const response = await page.request.post(`${url}/graphql`, {
      data: { query: '{ report(file: "long.txt") { id passages(last: 1) { totalCount nodes { id text } } } }' },
    })
    const { data } = (await response.json()) as {
      data: { report: { id: string; passages: { totalCount: number; nodes: { id: string; text: string }[] } } }
    }
    const { id, passages } = data.report
    const last = passages.nodes[0]
    await page.goto(`${url}/report/${id}?passage=${last?.id}`)
    await expect(page.locator('.passage.here')).toBeInViewport()
    await expect(page.locator('.passage.here')).toContainText(last?.text ?? '-')
    await expect(page.locator('.passage')).toHaveCount(passages.totalCount)
    // What is far from the screen costs nothing until one comes near.
    const drawn = await page.evaluate(
      () =>
        [...document.querySelectorAll('.passage > p')].filter((one) =>
          one.checkVisibility({ contentVisibilityAuto: true }),
        ).length,
    )
    expect(drawn).toBeLessThan(passages.totalCount / 4)
  } finally {
    await stop()
  }
})
