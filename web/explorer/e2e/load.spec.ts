import { start } from './server'
import { allow, expect, expectWell, test } from './test'

const report = `2025年政府工作报告

——2025年1月8日在云屏区第三届人民代表大会第五次会议上

一、2024年工作回顾
云屏数据产业园新增入驻企业12家，青帆软件公司入驻云屏数据产业园。云屏区地区生产总值达到320亿元，增长6.1%。

二、2025年重点任务
推进云屏数据产业园二期项目建设，举办云屏数字论坛。
`

const text = (name: string, content: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })

test('reports are chosen, sent and read, and what fails says what to do', async ({ page }) => {
  const { url, stop } = await start('serve', '--role', 'admin')
  allow(url)
  try {
    await page.goto(url)
    await page.getByRole('link', { name: '导入报告' }).click()
    await expect(page.getByRole('heading', { name: '导入报告', level: 1 })).toBeVisible()
    await expect(page.getByText('还没有导入任务')).toBeVisible()
    await expectWell(page, 'load')

    await page.getByLabel('选择文件').focus()
    await expect(page.getByLabel('选择文件')).toBeFocused()
    await page.getByLabel('选择文件').setInputFiles([
      text('yunping-2025.txt', report),
      { name: 'broken.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nnothing') },
      text('aside.txt', 'x'),
      text('empty.txt', ' '),
      {
        name: 'mixed.txt',
        mimeType: 'text/plain',
        buffer: Buffer.concat([Buffer.from('\ufeff政府工作报告\n'), Buffer.from([0xff, 0xff])]),
      },
      { name: 'table.xlsx', mimeType: '', buffer: Buffer.from('PK\x03\x04 no report') },
    ])
    await page.getByRole('button', { name: '去掉 aside.txt' }).click()
    await page.getByLabel(/^缘由/).fill('试读')
    await expectWell(page, 'load-chosen')
    await page.getByRole('button', { name: '导入 5 个文件' }).click()

    await expect(page).toHaveURL(/\/load\?job=job-/)
    const job = page.getByRole('region', { name: '导入任务' })
    await expect(job.getByRole('status')).toHaveText('已读 5 / 5 份 · 4 份失败')
    await expect(job).toContainText('试读')
    await expect(job.getByRole('link', { name: /政府工作报告/ })).toHaveAttribute('href', /^\/report\/report-/)
    await expect(job.getByText(/^[1-9]\d* 个实体，[1-9]\d* 条陈述，[1-9]\d* 项数据$/)).toBeVisible()
    // Of each, what was wrong and what to do, then where.
    for (const [name, sentence, code, where] of [
      ['broken.pdf', '文件已损坏，打不开', 'DAMAGED', 'the PDF cannot be read'],
      ['empty.txt', '文件是空的', 'EMPTY', '1 bytes'],
      ['mixed.txt', '有字节不合编码规则', 'ENCODING', 'line 2'],
      ['table.xlsx', '不是蓝图能读的类型', 'UNKNOWN_KIND', 'a ZIP archive'],
    ] as const) {
      const file = job.locator('.load-files li', { hasText: name })
      await expect(file).toContainText(sentence)
      await expect(file.locator('code')).toHaveText(code)
      await expect(file.locator('[lang=en]')).toContainText(where)
    }
    await expect(job.getByRole('link', { name: '审校拿不准的陈述' })).toHaveAttribute('href', '/review')
    await expectWell(page, 'load-done')

    await job.getByRole('button', { name: '只看失败的' }).click()
    await expect(page).toHaveURL(/state=FAILED/)
    await page.reload()
    await expect(job.getByText('broken.pdf', { exact: true })).toBeVisible()
    await expect(job.getByText('yunping-2025.txt')).toHaveCount(0)

    // What was asked before the load is not shown from memory.
    await page.getByRole('link', { name: '蓝图' }).click()
    await expect(page.getByText('份报告')).toBeVisible()
    await page.goBack()
    await page.getByRole('link', { name: '导入别的文件' }).click()
    await page.getByLabel('选择文件').setInputFiles([text('yunping-2025.txt', report)])
    await page.getByRole('button', { name: '导入 1 个文件' }).click()
    await expect(job.getByText('此前已导入，没有变化')).toBeVisible()
    await expect(page.locator('.load-jobs li')).toHaveCount(2)
  } finally {
    await stop()
  }
})

test('files are dropped, and a job is cancelled', async ({ page }) => {
  const { url, stop } = await start('serve', '--role', 'admin')
  allow(url)
  try {
    await page.goto(`${url}/load`)
    const files = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer()
      // Enough to be at work when it is cancelled.
      const long = content.repeat(500)
      for (let i = 0; i < 60; i++) transfer.items.add(new File([`${i}\n${long}`], `report-${i}.txt`))
      return transfer
    }, report)
    await page.locator('.load-drop').dispatchEvent('drop', { dataTransfer: files })
    const stream = page.waitForResponse((response) => response.headers()['content-type'] === 'text/event-stream')
    await page.getByRole('button', { name: '导入 60 个文件' }).click()
    expect((await stream).status()).toBe(200)
    await page.getByRole('button', { name: '取消任务' }).click()
    await expect(page.getByRole('region', { name: '导入任务' }).getByRole('heading')).toContainText('已取消')
    await expect(page.getByRole('button', { name: '取消任务' })).toHaveCount(0)
    await page.getByRole('link', { name: '导入别的文件' }).click()
    await expect(page.locator('.load-jobs li')).toContainText(['已取消'])
  } finally {
    await stop()
  }
})

test('who may not load is told which role it takes, and how to get it', async ({ page }) => {
  const { url, stop } = await start('serve', '--role', 'editor')
  allow(url)
  try {
    await page.goto(`${url}/load`)
    await expect(page.getByRole('heading', { name: '这需要管理员的权限' })).toBeVisible()
    await expect(page.getByText('您现在是编辑')).toBeVisible()
    await expect(page.getByText('lantu key add --role admin')).toBeVisible()
    await expect(page.getByLabel('选择文件')).toHaveCount(0)
    await expectWell(page, 'load-refused')
  } finally {
    await stop()
  }
})

test('a job that the server no longer knows says so', async ({ page }) => {
  await page.goto('/load?job=job-unknown')
  await expect(page.getByRole('heading', { name: '没有这个任务' })).toBeVisible()
})
