import { useMemo, useRef, useState } from 'react'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { toMarkdown } from './markdown'
import { type Memo as MemoData, placeOf, type Run, type Scope, writeMemo } from './memo'
import type { Start, TraceData } from './queries'
import { words } from './text'

/** The memo, to read, copy and take away. */
export function Memo({
  start,
  trace,
  reaches,
  scope,
}: {
  start: Start
  trace: TraceData
  reaches: boolean
  scope: Scope
}) {
  const t = useText(words)
  const { language } = useSettings()
  const { report, level, said, origin } = scope
  const memo = useMemo(
    () => writeMemo(start, trace, reaches, { report, level, said, origin }),
    [start, trace, reaches, report, level, said, origin],
  )
  const article = useRef<HTMLElement>(null)
  const [done, setDone] = useState<'copied' | 'notCopied' | 'saved' | 'notSaved'>()
  const copy = async () => {
    try {
      // Word takes the formatted text, an editor the Markdown.
      await navigator.clipboard.write([
        new ClipboardItem({
          'text/plain': new Blob([toMarkdown(memo)], { type: 'text/plain' }),
          'text/html': new Blob([article.current?.innerHTML ?? ''], { type: 'text/html' }),
        }),
      ])
      setDone('copied')
    } catch {
      setDone('notCopied')
    }
  }
  const saveWord = async () => {
    try {
      const { toDocx } = await import('./docx')
      save(await toDocx(memo), `${memo.title}.docx`)
      setDone('saved')
    } catch {
      setDone('notSaved')
    }
  }
  return (
    <section className="memo" aria-label={t('memo')}>
      <div className="memo-actions">
        <button type="button" className="button primary" onClick={copy}>
          {t('copy')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            save(new Blob([toMarkdown(memo)], { type: 'text/markdown' }), `${memo.title}.md`)
            setDone('saved')
          }}
        >
          {t('markdown')}
        </button>
        <button type="button" className="button" onClick={saveWord}>
          {t('word')}
        </button>
        <span role="status" className="muted">
          {done && t(done)}
        </span>
      </div>
      {language !== 'zh' && <p className="muted">{t('memoChinese')}</p>}
      <article className="memo-paper" lang="zh-CN" ref={article}>
        <Paper memo={memo} />
      </article>
    </section>
  )
}

function Paper({ memo: { title, blocks, sources } }: { memo: MemoData }) {
  return (
    <>
      <h2>{title}</h2>
      {blocks.map(({ type, runs }) => {
        const key = runs.map((run) => (typeof run === 'string' ? run : `[${run.cite}]`)).join('')
        if (type === 'heading') return <h3 key={key}>{key}</h3>
        if (type === 'subheading') return <h4 key={key}>{key}</h4>
        return (
          <p key={key}>
            <Runs runs={runs} />
          </p>
        )
      })}
      {sources.length > 0 && (
        <>
          <h3>出处</h3>
          {sources.map((source) => (
            <p key={source.number} id={`source${source.number}`} className="memo-source">
              [{source.number}] “{source.quote}”——{placeOf(source)}。<a href={source.link}>原句</a>
            </p>
          ))}
        </>
      )}
    </>
  )
}

function Runs({ runs }: { runs: Run[] }) {
  return runs.map((run, index) =>
    typeof run === 'string' ? (
      run
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a source is cited more than once
      <sup key={index}>
        <a href={`#source${run.cite}`}>[{run.cite}]</a>
      </sup>
    ),
  )
}

function save(blob: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download holds the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
