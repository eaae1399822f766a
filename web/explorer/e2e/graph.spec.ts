import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, expectWell, idOf, test } from './test'

async function open(page: Page, name: string, more = '') {
  await page.goto(`/graph?root=${await idOf(page, name)}${more}`)
  await expectSettled(page)
}

const expectSettled = (page: Page) => expect(page.locator('.graph-canvas')).toHaveAttribute('data-settled', 'true')
const row = (page: Page, name: string) =>
  page.getByRole('region', { name: '列表' }).getByRole('button', { name, exact: true })
const canvas = (page: Page) => page.getByRole('application', { name: /图谱/ })

test('from a name to the graph, and from a line to the sentence in one click', async ({ page }) => {
  await page.goto('/search?q=潮汐智能制造基地')
  await page.getByRole('link', { name: '在图谱中展开潮汐智能制造基地', exact: true }).click()
  await expectSettled(page)
  await expect(page.getByText('4 个实体 · 4 条连线')).toBeVisible()
  await expectWell(page, 'graph')

  // Of two entities, the line between them passes the middle.
  for (const name of ['海纳能源青屿储能电站项目', '海纳能源'])
    await page.getByRole('button', { name: `隐藏${name}`, exact: true }).click()
  await expect(page.getByText('2 个实体 · 1 条连线')).toBeVisible()
  await canvas(page).click()
  const drawer = page.getByRole('dialog', { name: '出处' })
  await expect(drawer.locator('mark')).toContainText('三期')
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(page.getByText('2 个实体 · 1 条连线')).toBeVisible()
})

test('the start offers names, and each step is undone and done again', async ({ page }) => {
  await page.goto('/graph')
  await expect(page.getByRole('heading', { name: '常被提到' })).toBeVisible()
  await expectWell(page, 'graph-start')
  await page.getByRole('combobox', { name: '从哪里开始' }).fill('lfhx')
  await page.getByRole('option', { name: /里坊焕新/ }).click()
  await expectSettled(page)
  const status = page.locator('.graph-status [role=status]')
  await expect(status).toContainText('条连线')
  const before = await status.textContent()
  await page.getByRole('button', { name: /^隐藏/ }).last().click()
  await expect(page.getByText('已隐藏 1 个')).toBeVisible()
  await expect(status).not.toHaveText(before ?? '')
  await page.getByRole('button', { name: '撤销上一步' }).click()
  await expect(status).toHaveText(before ?? '')
  await page.goForward()
  await expect(page.getByText('已隐藏 1 个')).toBeVisible()
  await page.getByRole('button', { name: '全部恢复' }).click()
  await expect(status).toHaveText(before ?? '')
})

test('a mouse that is quicker than the drawing goes from dots to lines', async ({ page }) => {
  await open(page, '里坊焕新')
  // All within one frame, so that nothing is drawn between two moves.
  const met = await page.locator('.sigma-mouse').evaluate((layer) => {
    const { x, y, width, height } = layer.getBoundingClientRect()
    let met = 0
    for (let across = 0; across < width; across += 12)
      for (let down = 0; down < height; down += 12) {
        const at = { clientX: x + across, clientY: y + down, bubbles: true }
        layer.dispatchEvent(new MouseEvent('mousemove', at))
        if (layer.closest<HTMLElement>('[style*=pointer]')) met++
      }
    return met
  })
  expect(met).toBeGreaterThan(5)
})

test('a shared address comes back the same', async ({ page }) => {
  await open(page, '里坊焕新')
  const region = page.getByRole('region', { name: '列表' })
  await region.locator('[data-walk]').nth(1).click()
  await page.getByRole('button', { name: '固定', exact: true }).click()
  await expect(page).toHaveURL(/pin=/)
  await page.getByRole('checkbox', { name: /^地点/ }).click()
  await expect(page).toHaveURL(/off=p/)
  await page.getByLabel('圆点大小').selectOption('mentions')
  const names = await region.locator('[data-walk]').allTextContents()
  const address = page.url()
  await page.goto('/')
  await page.goto(address)
  await expectSettled(page)
  await expect(region.locator('[data-walk]')).toHaveText(names)
  await expect(page.getByRole('checkbox', { name: /^地点/ })).not.toBeChecked()
  await expect(page.getByRole('button', { name: '取消固定' })).toBeVisible()
  await expect(page.getByLabel('圆点大小')).toHaveValue('mentions')
  expect(page.url()).toBe(address)
})

test('relations are expanded by their counts, and what is left out is said', async ({ page }) => {
  await open(page, '海纳能源')
  await row(page, '潮汐智能制造基地').click()
  const more = page.getByRole('button', { name: '展开包含，已显示 0，共 1' })
  await expect(more).toBeVisible()
  const status = page.locator('.graph-status [role=status]')
  const before = await status.textContent()
  await more.click()
  await expect(row(page, '潮汐智能制造基地三期')).toBeVisible()
  await expect(status).not.toHaveText(before ?? '')
  await expect(page.getByRole('button', { name: '展开包含，已显示 1，共 1' })).toBeDisabled()
  await expect(page).toHaveURL(/open=k\w+_P/)
})

test('a path is found, drawn, and told hop by hop with its sentences', async ({ page }) => {
  const to = await idOf(page, '海纳能源')
  await open(page, '潮汐智能制造基地三期')
  await page.getByRole('button', { name: '找路径' }).click()
  const panel = page.getByRole('region', { name: '两者之间的路径' })
  await panel.getByRole('combobox', { name: '从' }).fill('潮汐智能制造基地三期')
  await page.getByRole('option', { name: /三期/ }).click()
  await panel.getByRole('combobox', { name: '到' }).fill('海纳能源')
  await page.getByRole('option', { name: '企业 海纳能源', exact: true }).click()
  await expect(panel.getByRole('button', { name: /路径 1：2 步/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(panel.getByRole('link', { name: '出处' })).toHaveCount(2)
  await expect(page).toHaveURL(new RegExp(`path=j\\w+_e${to.split('-')[1]}_1_4`))
  await expectSettled(page)
  await expectWell(page, 'graph-path')
  await panel.getByRole('link', { name: '出处' }).first().click()
  await expect(page.getByRole('dialog', { name: '出处' }).locator('mark')).toBeVisible()
})

test('the keyboard walks from neighbour to neighbour, and opens the menu', async ({ page }) => {
  await open(page, '潮汐智能制造基地')
  await canvas(page).focus()
  for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
    await page.keyboard.press(key)
    await expect(page.getByRole('region', { name: '选中的实体' })).toBeVisible()
  }
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: /的菜单/ })
  await expect(menu.getByRole('menuitem', { name: '隐藏' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await canvas(page).focus()
  await page.keyboard.press('h')
  await expect(page.getByText('已隐藏 1 个')).toBeVisible()

  const names = page.locator('[data-walk]')
  await names.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(names.nth(1)).toBeFocused()
})

test('a dot is dragged to a place, and stays there', async ({ page }) => {
  const id = await idOf(page, '潮汐智能制造基地')
  await page.goto(
    `/graph?root=${id}&hide=${(await Promise.all(['海纳能源', '海纳能源青屿储能电站项目', '潮汐智能制造基地三期'].map((name) => idOf(page, name)))).join('.')}`,
  )
  await expectSettled(page)
  // One alone stands in the middle.
  const box = await canvas(page).boundingBox()
  if (!box) throw new Error('no canvas')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 90, y + 40, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/pin=k\w+_[1-9]\d*_-[1-9]\d*/)
  await expect(page.getByRole('button', { name: '取消固定' })).toBeVisible()
})

test('pictures and data are given as files, with the sentences', async ({ page }) => {
  await open(page, '潮汐智能制造基地')
  const save = async (item: string) => {
    await page.getByRole('button', { name: '导出' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item }).click()
    const file = await download
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }
  const svg = await save('矢量图 SVG')
  expect(svg.name).toBe('图谱-潮汐智能制造基地.svg')
  expect(String(svg.bytes)).toContain('>潮汐智能制造基地</text>')
  const png = await save('图片 PNG')
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1_000)
  const json = JSON.parse(String((await save('数据 JSON')).bytes))
  expect(json.nodes).toHaveLength(4)
  for (const edge of json.edges) expect(edge.claims[0].evidence[0].sentence).toContain(edge.claims[0].evidence[0].quote)
  expect(String((await save('数据 GraphML')).bytes)).toContain('<data key="edge-quote">')
  const csv = String((await save('连线与出处 CSV')).bytes)
    .trim()
    .split('\r\n')
  expect(csv[0]).toContain('起点,起点类别,关系')
  expect(csv.length).toBeGreaterThanOrEqual(5)
})

test('what an address names and is gone is said, and the rest is drawn', async ({ page }) => {
  await open(page, '潮汐智能制造基地', '.park-aaaaaaaaaaaaaaaa')
  await expect(page.getByText('地址里有 1 个实体已不在图谱中')).toBeVisible()
  await expect(page.getByText('4 个实体 · 4 条连线')).toBeVisible()
})

type Name = { text: string; left: number; top: number; right: number; bottom: number }

/** Keeps in window.names which names stand where in the last frame. */
async function recordNames(page: Page) {
  await page.addInitScript(() => {
    const names: Name[] = []
    Object.assign(window, { names })
    const { fillText, clearRect } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.fillText = function (text: string, x: number, y: number) {
      if (this.canvas.classList.contains('sigma-labels')) {
        const { width, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = this.measureText(text)
        names.push({ text, left: x, right: x + width, top: y - up, bottom: y + down })
      }
      fillText.call(this, text, x, y)
    }
    CanvasRenderingContext2D.prototype.clearRect = function (...area) {
      if (this.canvas.classList.contains('sigma-labels')) names.length = 0
      clearRect.apply(this, area)
    }
  })
}

const namesOf = (page: Page) => page.evaluate(() => (window as unknown as { names: Name[] }).names)
const overlaps = (names: Name[]) =>
  names.flatMap((a, i) =>
    names
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => [a, b]),
  )

test('names cover no others, and what is selected is named in any case', async ({ page }) => {
  await recordNames(page)
  // Several parts that nothing connects.
  const roots = await Promise.all(
    ['里坊焕新', '海洋装备产业园', '青屿数字健康产业园', '潮汐智能制造基地'].map((name) => idOf(page, name)),
  )
  const open = async (roots: string[]) => {
    await page.goto(`/graph?root=${roots.join('.')}`)
    await expectSettled(page)
    await expect.poll(async () => (await namesOf(page)).length).toBeGreaterThan(4)
  }
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 })
    for (const count of [2, 4]) {
      await open(roots.slice(0, count))
      expect(overlaps(await namesOf(page)), `${count} parts, ${width} pixels wide`).toEqual([])
    }
  }
  // On a phone some have no room; each is named once it is selected.
  const entities = page.locator('[data-walk]')
  expect(await entities.count()).toBeGreaterThanOrEqual(17)
  const shown = (await namesOf(page)).map(({ text }) => text)
  const left = (await entities.allTextContents()).filter((name) => !shown.some((one) => one.startsWith(name)))
  expect(left.length).toBeGreaterThan(0)
  for (const name of left) {
    await row(page, name).click()
    await expect.poll(async () => (await namesOf(page)).some(({ text }) => text.startsWith(name))).toBe(true)
  }
})
