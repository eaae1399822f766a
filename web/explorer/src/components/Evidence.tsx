import * as Ariakit from '@ariakit/react'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { locate, slice } from '../codepoints'
import type { EvidenceFieldsFragment } from '../graphql/graphql'
import { graphql } from '../query'
import { useSettings } from '../settings'
import { fill, text, useText } from '../text'
import './curate/queries'
import { Confidence } from './Confidence'
import { Curation, FactActions, type OpenForm } from './curate/FactActions'
import type { Correctable } from './curate/useJudge'
import { Empty } from './Empty'
import { FactLine } from './FactLine'
import { Loaded } from './Loaded'
import { formatDate } from './Period'
import { passageAddress } from './passageAddress'
import { toastElement } from './Toast'

const words = text({
  zh: {
    open: '出处',
    openHelp: '打开原句',
    close: '关闭',
    title: '出处',
    sources: '{n} 处原文',
    line: '第 {n} 行',
    page: '第 {n} 页',
    rule: '规则',
    copy: '复制引文',
    copied: '已复制',
    notCopied: '没能复制：请选中文字后复制。',
    read: '在报告中阅读',
    gone: '没有这条事实',
    goneHelp: '它可能已随报告移除，或地址有误。',
    citation: '“{sentence}”（《{title}》，{where}）',
  },
  en: {
    open: 'Source',
    openHelp: 'Open the sentence',
    close: 'Close',
    title: 'Source',
    sources: '{n} sentences',
    line: 'line {n}',
    page: 'page {n}',
    rule: 'Rule',
    copy: 'Copy quotation',
    copied: 'Copied',
    notCopied: 'Could not copy: select the words and copy them.',
    read: 'Read in the report',
    gone: 'There is no such fact',
    goneHelp: 'It may have been removed with its report, or the address is wrong.',
    citation: '“{sentence}” ({title}, {where})',
  },
})

const FactDocument = graphql(/* GraphQL */ `
  query Fact($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Claim {
        ...Correctable
        evidence {
          ...EvidenceFields
        }
      }
      ... on Observation {
        ...CorrectableNumber
        evidence {
          ...EvidenceFields
        }
      }
    }
  }
`)

// The parameter of the address that names the fact whose drawer is open.
const parameter = 'fact'

/** Opens the sentence of a claim or observation beside the page; of several, the label tells which. */
export function EvidenceButton({ fact, label }: { fact: string; label?: string }) {
  const t = useText(words)
  const to = useFactAddress(fact)
  return (
    <Link
      className="evidence-button"
      to={to}
      state={{ evidence: true }}
      preventScrollReset
      title={t('openHelp')}
      data-fact={fact}
      aria-label={label && `${t('open')} ${label}`}
    >
      {label ?? t('open')}
    </Link>
  )
}

/** The address of this page with the drawer of a fact open. */
export function useFactAddress(fact: string): string {
  return useFactAddresses()(fact)
}

/** The same for many facts. */
export function useFactAddresses(): (fact: string) => string {
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  return (fact) => {
    const next = new URLSearchParams(params)
    next.set(parameter, fact)
    return `${pathname}?${next}`
  }
}

/** Opens the sentence of a fact, where nothing stands that could be a link. */
export function useOpenFact(): (fact: string) => void {
  const navigate = useNavigate()
  const addressOf = useFactAddresses()
  return (fact) => navigate(addressOf(fact), { state: { evidence: true }, preventScrollReset: true })
}

/** The drawer that shows the sentences of the fact that the address names. */
export function EvidenceDrawer() {
  const t = useText(words)
  const [params, setParams] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const fact = params.get(parameter)
  // What is shown stays while the drawer closes.
  const [shown, setShown] = useState(fact)
  useEffect(() => {
    if (fact) setShown(fact)
  }, [fact])
  const close = () => {
    if ((location.state as { evidence?: boolean } | null)?.evidence) navigate(-1)
    else
      setParams(
        (before) => {
          before.delete(parameter)
          return before
        },
        { replace: true, preventScrollReset: true },
      )
  }
  return (
    <Ariakit.Dialog
      className="drawer"
      open={fact !== null}
      onClose={close}
      backdrop={<div className="drawer-backdrop" />}
      unmountOnHide
      getPersistentElements={() => [toastElement()]}
      autoFocusOnHide={() => {
        const opener = document.querySelector<HTMLElement>(`[data-fact="${CSS.escape(shown ?? '')}"]`)
        const next = opener ?? document.getElementById('main')
        next?.focus()
        return false
      }}
    >
      <div className="drawer-head">
        <Ariakit.DialogHeading>{t('title')}</Ariakit.DialogHeading>
        <Ariakit.DialogDismiss className="button quiet">{t('close')}</Ariakit.DialogDismiss>
      </div>
      {(fact ?? shown) && <Fact id={fact ?? shown ?? ''} />}
    </Ariakit.Dialog>
  )
}

function Fact({ id }: { id: string }) {
  const t = useText(words)
  const query = useQuery({ query: FactDocument, variables: { id } })
  return (
    <Loaded query={query} lines={6}>
      {({ node }) =>
        node?.__typename === 'Claim' || node?.__typename === 'Observation' ? (
          <>
            <p className="drawer-fact">
              <FactLine fact={node} bare />
            </p>
            <Judgement fact={node} />
            <p className="muted">{t('sources', { n: node.evidence.length })}</p>
            {node.evidence.map((evidence) => (
              <Source key={`${evidence.passage?.id} ${evidence.start} ${evidence.rule}`} evidence={evidence} />
            ))}
          </>
        ) : (
          <Empty title={t('gone')}>{t('goneHelp')}</Empty>
        )
      }
    </Loaded>
  )
}

/** What people made of a fact, and for editors the ways to judge it. */
function Judgement({ fact }: { fact: Correctable }) {
  const [open, setOpen] = useState<OpenForm>()
  const [, setParams] = useSearchParams()
  const { state } = useLocation()
  // The drawer goes on with the fact that stands now.
  const follow = (became?: string) => {
    if (became)
      setParams(
        (now) => {
          now.set(parameter, became)
          return now
        },
        { replace: true, preventScrollReset: true, state },
      )
  }
  return (
    <>
      <Curation fact={fact} />
      <FactActions fact={fact} open={open} setOpen={setOpen} onDone={follow} />
    </>
  )
}

function Source({ evidence }: { evidence: EvidenceFieldsFragment }) {
  const t = useText(words)
  const { language } = useSettings()
  const [copied, setCopied] = useState<'copied' | 'notCopied'>()
  const { passage, report, quote } = evidence
  if (!passage || !report) return null
  const sentence = evidence.sentence ?? quote
  const where = [
    report.date && formatDate(report.date, language),
    report.file,
    passage.page ? t('page', { n: passage.page }) : t('line', { n: passage.line + 1 }),
  ]
    .filter(Boolean)
    .join(language === 'zh' ? '，' : ', ')
  const section = passage.section
  const headings = section
    ? [section.parent, section].flatMap((one) => (one ? [`${one.number ?? ''}${one.heading}`] : []))
    : []
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(fill(t('citation'), { sentence, title: report.title, where }))
      setCopied('copied')
    } catch {
      setCopied('notCopied')
    }
  }
  return (
    <article className="source">
      <header>
        <h3>{report.title}</h3>
        <p className="muted">{where}</p>
        {headings.length > 0 && <p className="muted">{headings.join(' › ')}</p>}
      </header>
      <Quoted text={passage.text} sentence={sentence} start={evidence.start} end={evidence.end} />
      <footer>
        <span className="muted">
          {t('rule')} <code>{evidence.rule}</code>
        </span>
        <Confidence value={evidence.confidence} />
        <span className="source-actions">
          <button type="button" className="button quiet" onClick={copy}>
            {t('copy')}
          </button>
          <Link className="button" to={passageAddress(report.id, passage.id, evidence)}>
            {t('read')}
          </Link>
        </span>
        <span role="status">{copied && t(copied)}</span>
      </footer>
    </article>
  )
}

/** A passage with the sentence set off and the quote marked in it. */
function Quoted({ text, sentence, start, end }: { text: string; sentence: string; start: number; end: number }) {
  const mark = useRef<HTMLElement>(null)
  useEffect(() => {
    mark.current?.scrollIntoView({ block: 'center' })
  }, [])
  const whole = locate(text, sentence, { start, end }) ?? { start, end }
  return (
    <blockquote className="quoted" lang="zh-CN">
      {slice(text, 0, whole.start)}
      <span className="quoted-sentence">
        {slice(text, whole.start, start)}
        <mark ref={mark}>{slice(text, start, end)}</mark>
        {slice(text, end, whole.end)}
      </span>
      {slice(text, whole.end)}
    </blockquote>
  )
}
