import { type CDPSession, expect, test } from '@playwright/test'
import { answer, generate } from './generate'

test.use({ baseURL: process.env.LANTU_DEMO })
test.beforeEach(({ page }) => page.goto(process.env.LANTU_DEMO ?? ''))

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const at = (values: number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.min(Math.floor(values.length * part), values.length - 1)] ?? 0
const say = (what: string) => process.stdout.write(`${what}\n`)

/** Milliseconds of processor time that the busiest page, and the process that draws, have used so far. */
async function processorTimes(browser: CDPSession): Promise<{ page: number; drawing: number }> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo')
  const most = (type: string) =>
    Math.max(0, ...processInfo.filter((one) => one.type === type).map(({ cpuTime }) => cpuTime * 1_000))
  return { page: most('renderer'), drawing: most('GPU') }
}

for (const [nodes, least] of [
  [1_000, 30],
  [5_000, 30],
] as const)
  test(`a graph of ${nodes} entities is panned`, async ({ page }) => {
    const generated = generate(nodes)
    await answer(page, generated)
    const began = Date.now()
    await page.goto(`${process.env.LANTU_DEMO}/graph?root=${generated.nodes[0]?.id}`)
    const canvas = page.locator('.graph-canvas')
    await expect(page.getByText(`${nodes.toLocaleString('en').replace(/,/g, '')} 个实体`)).toBeVisible({
      timeout: 60_000,
    })
    const shown = Date.now() - began
    await expect(canvas).toHaveAttribute('data-settled', 'true', { timeout: 200_000 })
    const settled = Date.now() - began
    const box = await canvas.boundingBox()
    if (!box) throw new Error('no canvas')

    const rounds: { rate: number; slow: number; page: number; drawing: number }[] = []
    const processes = await page.context().browser()?.newBrowserCDPSession()
    if (!processes) throw new Error('no browser')
    for (let round = 0; round < 3; round++) {
      const middle = { x: box.x + box.width / 2, y: box.y + 20 }
      await page.mouse.move(middle.x, middle.y)
      await page.mouse.down()
      const before = await processorTimes(processes)
      // Each frame that the browser has drawn, while the hand moves in circles for four seconds.
      const frames = page.evaluate(
        () =>
          new Promise<number[]>((resolve) => {
            const times: number[] = []
            const end = performance.now() + 4_000
            const tick = (now: number) => {
              times.push(now)
              if (now < end) requestAnimationFrame(tick)
              else resolve(times)
            }
            requestAnimationFrame(tick)
          }),
      )
      let done = false
      const finished = frames.then((times) => {
        done = true
        return times
      })
      for (let step = 0; !done; step++) {
        const turn = step / 12
        await page.mouse.move(middle.x + 150 * Math.sin(turn), middle.y + 150 * (1 - Math.cos(turn)))
      }
      const times = await finished
      const after = await processorTimes(processes)
      await page.mouse.up()
      const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0))
      rounds.push({
        rate: (gaps.length * 1_000) / gaps.reduce((sum, gap) => sum + gap, 0),
        slow: at(gaps, 0.95),
        page: (after.page - before.page) / gaps.length,
        drawing: (after.drawing - before.drawing) / gaps.length,
      })
    }
    const rate = median(rounds.map((round) => round.rate))
    say(
      `${nodes} entities, ${generated.links.length} lines: pans at ${rate.toFixed(1)} frames a second (rounds ${rounds.map((round) => round.rate.toFixed(1)).join(', ')}; 95th percentile between frames ${median(rounds.map((round) => round.slow)).toFixed(0)} ms); processor time a frame: page ${median(rounds.map((round) => round.page)).toFixed(1)} ms, drawing ${median(rounds.map((round) => round.drawing)).toFixed(1)} ms; counted after ${shown} ms, settled after ${(settled / 1_000).toFixed(1)} s`,
    )
    expect(rate).toBeGreaterThanOrEqual(least)
  })

for (const path of ['/', '/search?q=潮汐'])
  test(`the first useful paint of ${path}`, async ({ browser }) => {
    const first: number[] = []
    const useful: number[] = []
    let bytes = 0
    for (let i = 0; i < 7; i++) {
      // A context of its own: nothing is in a cache.
      const context = await browser.newContext({ locale: 'zh-CN' })
      const page = await context.newPage()
      bytes = 0
      page.on('requestfinished', async (request) => {
        const { responseBodySize } = await request.sizes()
        if (!request.url().endsWith('/graphql')) bytes += responseBodySize
      })
      await page.goto(`${process.env.LANTU_DEMO}${path}`, { waitUntil: 'networkidle' })
      const times = await page.evaluate(
        () =>
          new Promise<{ first: number; largest: number }>((resolve) => {
            const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
            new PerformanceObserver((list) =>
              resolve({ first, largest: list.getEntries().at(-1)?.startTime ?? 0 }),
            ).observe({ type: 'largest-contentful-paint', buffered: true })
          }),
      )
      first.push(times.first)
      useful.push(times.largest)
      await context.close()
    }
    say(
      `${path}: first paint ${median(first).toFixed(0)} ms, largest ${median(useful).toFixed(0)} ms (worst ${Math.max(...useful).toFixed(0)} ms) of ${useful.length} loads with an empty cache; ${(bytes / 1_000).toFixed(0)} kB compressed`,
    )
    expect(median(useful)).toBeLessThan(1_000)
    expect(bytes).toBeLessThan(300_000)
  })
