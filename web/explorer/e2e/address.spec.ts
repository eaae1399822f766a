import { start } from './server'
import { allow, expect, expectWell, test } from './test'

const shows: Record<string, string> = {
  '/': '这里会找到',
  '/search?q=园': '这里会找到',
  '/tables': '这里会把全部实体',
  '/tables/claims': '这里会把全部实体',
  '/indicators': '这里会把各地各年的指标',
  '/timeline': '这里会把承诺过的事',
  '/compare': '这里会把两份报告放在一起',
  '/graph': '这里会把报告里的园区',
  '/trace': '这里会从一项计划或项目',
  '/reports': '这里会列出已导入的全部报告',
  '/report/a.txt': '这里会显示一份报告的全文',
  '/entity/park-a': '这里会列出一个实体的全部',
  '/map': '这里会显示各地有多少',
  '/review': '这里会列出还没人看过的陈述和数据',
}

test('without reports, every page says what it would show and leads to loading', async ({ page }) => {
  const { url, stop } = await start('serve', '--role', 'admin')
  allow(url)
  try {
    for (const [at, says] of Object.entries(shows)) {
      await page.goto(`${url}${at}`)
      // What the page itself finds nothing of may show until it is known that there are no reports.
      const empty = page.locator('main .empty').filter({ hasText: says })
      await expect(empty, at).toBeVisible()
      await expect(page.locator('main .empty'), at).toHaveCount(1)
      await expect(empty.getByRole('heading'), at).toHaveText('还没有报告')
      await expect(empty.getByRole('link', { name: '导入报告' }), at).toHaveAttribute('href', '/load')
      await expect(page.getByRole('alert'), at).toHaveCount(0)
    }
    await expectWell(page, 'no-reports')
    await page.getByRole('link', { name: '导入报告' }).click()
    await expect(page.locator('.load-drop')).toBeVisible()
  } finally {
    // A page that still asks would miss the server.
    await page.goto('about:blank')
    await stop()
  }
})

test('who may not load is told how reports come in', async ({ page }) => {
  const { url, stop } = await start('serve', '--role', 'editor')
  allow(url)
  try {
    await page.goto(`${url}/tables`)
    const empty = page.locator('main .empty')
    await expect(empty).toContainText('您现在的角色不能在网页里导入')
    await expect(empty.locator('code')).toContainText('lantu load --db')
    await expectWell(page, 'no-reports-reader')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(empty).toContainText('Your role may not do it in the browser')
    await empty.getByRole('link', { name: 'How to get the role for it' }).click()
    await expect(page.locator('main')).toContainText('lantu serve --role admin')
    await expect(page.getByLabel('Key')).toBeVisible()
  } finally {
    // A page that still asks would miss the server.
    await page.goto('about:blank')
    await stop()
  }
})

test('an address that names nothing says so and leads on', async ({ page }) => {
  for (const at of ['/entity/nope', '/graph?root=nope', '/trace?from=nope', '/map?place=nope']) {
    await page.goto(at)
    const empty = page.locator('main .empty')
    await expect(empty, at).toContainText('图谱里没有地址所指的')
    await expect(empty.locator('code'), at).toContainText('nope')
    await expect(empty, at).toContainText('它可能已随报告移除')
    await expectWell(page, `gone${at.split(/[?/]/)[1]}`)
    const [name, end] = at.startsWith('/map') ? ['青屿', /place=place-/] : ['潮汐智能', /(\/entity\/|root=|from=)/]
    await empty.getByRole('combobox', { name: '另找一个' }).fill(name)
    await page.locator('.popover-item').first().click()
    await expect(empty.getByText('图谱里没有地址所指的')).toHaveCount(0)
    await expect(page).toHaveURL(end)
    await expect(page).not.toHaveURL(/nope/)
  }
  await page.goto('/graph?root=nope')
  await expect(page.locator('canvas')).toHaveCount(0)
  for (const [at, says] of [
    ['/report/nope', 'nope'],
    ['/compare?before=qingyu-2024.txt&after=nope', 'nope'],
    ['/compare?before=nope', 'nope'],
    ['/compare?before=nada&after=nope', 'nada nope'],
  ] as const) {
    await page.goto(at)
    const empty = page.locator('main .empty')
    await expect(empty, at).toContainText('没有地址所指的报告')
    await expect(empty.locator('p').first(), at).toHaveText(`地址里写的是 ${says}`)
    await expect(page.getByRole('alert'), at).toHaveCount(0)
  }
  await expectWell(page, 'gone-reports')
  await page.locator('main .empty').getByRole('link', { name: '全部报告' }).click()
  await expect(page).toHaveURL(/\/reports$/)
})

test.describe('an address that is no page', () => {
  // Chromium writes the status of the page itself to the console.
  test.use({ refused: '/nosuchpage' })

  test('is shown as such by the explorer, in the language of the reader', async ({ page }) => {
    await page.goto('/help')
    const response = await page.goto('/nosuchpage')
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: '没有这个页面' })).toBeVisible()
    await expect(page.locator('main code')).toHaveText('/nosuchpage')
    await expectWell(page, 'nowhere')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Search' }).fill('潮汐')
    await page.keyboard.press('Enter')
    await expect(page.locator('.hit mark').first()).toBeVisible()
    await page.goBack()
    await page.getByRole('button', { name: 'Back to where you were' }).click()
    await expect(page).toHaveURL(/\/help$/)
  })

  test('is a plain answer to programs', async ({ page }) => {
    const response = await page.request.get('/nosuchpage')
    expect(response.status()).toBe(404)
    expect(await response.text()).toBe('404 page not found\n')
  })
})

test('what of an address cannot be used is said, with what is shown instead', async ({ page }) => {
  await page.goto('/tables?kind=NOPE&status=NOPE&confidence=0.5')
  const note = page.getByRole('note')
  await expect(note).toContainText('地址中有用不上的部分')
  await expect(note.getByRole('listitem')).toHaveText([
    /^kind=NOPE 这个页面没有这一项$/,
    /^status=NOPE 可以是 PLANNED \/ /,
  ])
  await expect(page.locator('tbody tr').first()).toBeVisible()
  await expect(page.getByLabel('状态', { exact: true })).toHaveValue('')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expectWell(page, 'unused')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(note).toContainText('A part of the address could not be used')
  await note.getByRole('link', { name: 'Take it out of the address' }).click()
  await expect(page).toHaveURL(/\/tables\?confidence=0\.5$/)
  await expect(note).toHaveCount(0)
  for (const [at, says] of [
    ['/report/qingyu-2025.txt?passage=nope', 'passage=nope this report has no such passage'],
    ['/report/qingyu-2025.txt?entity=nope', 'entity=nope this report does not name it'],
    ['/tables/claims?columns=nope,subject', 'columns=nope,subject this table has no column nope'],
    ['/search?q=园&kind=NOPE', 'kind=NOPE it may be'],
    ['/timeline?state=NOPE', 'state=NOPE it may be'],
    ['/map?what=nope', 'what=nope it cannot be this'],
    ['/review?tab=changes&kind=NOPE', 'kind=NOPE it may be'],
    ['/trace?direction=UP', 'direction=UP it may be REACHES'],
    ['/indicators?modality=NOPE', 'modality=NOPE it may be'],
    ['/compare?tab=nope', 'tab=nope it may be'],
    ['/help?x=1', 'x=1 this page has no such parameter'],
  ] as const) {
    await page.goto(at)
    await expect(note, at).toContainText(says)
    await expect(page.getByRole('alert'), at).toHaveCount(0)
  }
})
