import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { stopped } from './server'

export { expect }

/**
 * Playwright's test, on the demo. A page that asks another host for anything, reports an error on its
 * console, or breaks its Content-Security-Policy fails.
 */
export const test = base.extend<{ clean: undefined; refused: string }>({
  /** An address that the server is meant to answer with an error. */
  refused: ['', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  baseURL: async ({}, use) => use(process.env.LANTU_DEMO),
  clean: [
    async ({ page, baseURL, refused }, use) => {
      const wrong: string[] = []
      await page.route('**', async (route) => {
        const { protocol, origin } = new URL(route.request().url())
        if (protocol.startsWith('http') && origin !== baseURL && !own.has(origin)) {
          wrong.push(`asked ${route.request().url()}`)
          return route.abort()
        }
        return route.continue()
      })
      page.on('console', (message) => {
        const { url } = message.location()
        const meant =
          (refused !== '' && url === `${baseURL}${refused}`) || (URL.canParse(url) && stopped.has(new URL(url).origin))
        if (message.type() === 'error' && !meant) wrong.push(message.text())
      })
      page.on('pageerror', (error) => wrong.push(error.message))
      await use(undefined)
      expect(wrong).toEqual([])
    },
    { auto: true },
  ],
})

const own = new Set<string>()

/** Lets pages ask a server that the test itself started. */
export function allow(url: string) {
  own.add(new URL(url).origin)
}

/**
 * What holds of every page as it stands: no serious or critical finding of axe in either theme, and no
 * horizontal scrolling at 360 pixels. With SCREENSHOTS=folder it is drawn there, to be looked at.
 */
export async function expectWell(page: Page, name: string) {
  const folder = process.env.SCREENSHOTS
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [size.width, 360]) {
      await page.setViewportSize({ width, height: size.height })
      if (width === size.width) await expectAccessible(page)
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      await expect.poll(overflow, `pixels too wide at ${width}`).toBeLessThanOrEqual(0)
      if (folder) await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true })
    }
  }
  await page.setViewportSize(size)
}

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const found = grave.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
  expect(found).toEqual([])
}

/** The id of the demo's entity of this name. */
export async function idOf(page: Page, name: string): Promise<string> {
  const response = await page.request.post('/graphql', {
    data: { query: 'query ($name: String!) { entity(name: $name) { id } }', variables: { name } },
  })
  const { data } = (await response.json()) as { data: { entity: { id: string } } }
  return data.entity.id
}
