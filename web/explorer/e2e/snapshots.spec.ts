import type { Page } from '@playwright/test'
import { type Server, start } from './server'
import { allow, expect, idOf, test } from './test'

// Other systems draw letters in their own way.
test.skip(process.platform !== 'linux')

let server: Server

// Of their own: what other tests confirm or load would be seen here.
test.beforeAll(async () => {
  server = await start('demo', '--role', 'admin')
  allow(server.url)
})
test.afterAll(() => server.stop())

type View = {
  name: string
  /** Its address, with the ids of what is called so in place of {…}. */
  at: string
  /** What is drawn last. */
  shows: string
  /** What is opened then, and what that shows. */
  opens?: { click: string; shows: string }
}

const views: View[] = [
  { name: 'home', at: '/', shows: '.home-stats' },
  { name: 'search', at: '/search?q=潮汐', shows: '.hit mark' },
  { name: 'entity', at: '/entity/{潮汐智能制造基地}', shows: '.mentions mark' },
  {
    name: 'evidence',
    at: '/entity/{青屿体育中心}',
    shows: '.mentions mark',
    opens: { click: '.ladder .evidence-button', shows: '.drawer mark' },
  },
  { name: 'reader', at: '/report/qingyu-2025.txt', shows: '.passage .mention' },
  { name: 'compare', at: '/compare?before=qingyu-2024.txt&after=qingyu-2025.txt', shows: '.compare-table tbody tr' },
  { name: 'graph', at: '/graph?root={潮汐智能制造基地}', shows: '.graph-canvas[data-settled=true]' },
  { name: 'trace', at: '/trace?from={里坊焕新}', shows: '.trace-picture' },
  { name: 'map', at: '/map', shows: '.map-part' },
  { name: 'indicators', at: '/indicators?m=地区生产总值', shows: '.indicators-table tbody tr' },
  { name: 'timeline', at: '/timeline', shows: '.timeline-head, .timeline-list' },
  { name: 'tables', at: '/tables/claims', shows: 'tbody td' },
  { name: 'review', at: '/review', shows: '.review-list blockquote mark' },
  { name: 'load', at: '/load', shows: '.load-drop' },
  { name: 'help', at: '/help', shows: '.help-list' },
]

const looks = [
  { name: 'light', colorScheme: 'light', width: 1280, height: 800 },
  { name: 'dark', colorScheme: 'dark', width: 1280, height: 800 },
  { name: 'phone', colorScheme: 'light', width: 360, height: 800 },
] as const

test.beforeEach(async ({ page }) => {
  // Other fonts that a machine has would be taken for Latin letters.
  await page.addInitScript(() => {
    const fonts = new CSSStyleSheet()
    fonts.replaceSync(`:root {
      --font: "Noto Sans CJK SC";
      --serif: "Noto Serif CJK SC", "Noto Sans CJK SC";
      --mono: "Noto Sans Mono CJK SC";
    }`)
    document.adoptedStyleSheets.push(fonts)
  })
})

for (const view of views)
  test(`${view.name} looks as it did`, async ({ page }) => {
    for (const look of looks) {
      await open(page, view, look)
      await expect.soft(page).toHaveScreenshot(`${view.name}-${look.name}.png`)
    }
  })

test('a word that is missing or pushed aside is seen', async ({ page }) => {
  const view = { name: 'search', at: '/search?q=潮汐', shows: '.hit mark' }
  for (const look of looks) {
    await open(page, view, look)
    const word =
      look.name === 'phone'
        ? page.getByRole('button', { name: '菜单' })
        : page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '审校' })
    for (const style of ['color: transparent', 'translate: 12px 6px']) {
      await word.evaluate((link, style) => link.setAttribute('style', style), style)
      await expect.soft(page).not.toHaveScreenshot(`${view.name}-${look.name}.png`)
    }
  }
})

async function open(page: Page, { at, shows, opens }: View, { colorScheme, width, height }: (typeof looks)[number]) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height })
  let address = at
  for (const [whole, name = ''] of at.matchAll(/{(.+?)}/g)) address = address.replace(whole, await idOf(page, name))
  await page.goto(`${server.url}${address}`)
  await expect(page.locator(shows).first()).toBeVisible()
  if (opens) {
    await page.locator(opens.click).first().click()
    await expect(page.locator(opens.shows).first()).toBeVisible()
  }
  await expect(page.locator('.skeleton, [aria-busy=true]')).toHaveCount(0)
  await page.waitForLoadState('networkidle')
}
