import { useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { locate, slice } from '../../codepoints'
import { FactActions, type OpenForm } from '../../components/curate/FactActions'
import { useJudge } from '../../components/curate/useJudge'
import { Empty } from '../../components/Empty'
import { EvidenceButton } from '../../components/Evidence'
import { Amount, FactLine } from '../../components/FactLine'
import { Filters, RegionFilter, ReportFilter, SelectFilter, useOptions } from '../../components/Filters'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { formatDate } from '../../components/Period'
import type { CurationState, QueueQuery, Relation } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { relations, stepOf } from '../../vocabulary'
import { named } from './named'
import { QueueDocument } from './queries'
import { words } from './text'

type Fact =
  | NonNullable<QueueQuery['claims']>['nodes'][number]
  | NonNullable<QueueQuery['observations']>['nodes'][number]

const names = ['what', 'relation', 'region', 'report']
// How many are shown at once.
const size = 20

/** Claims and numbers that nobody has decided on, the least sure first; one is opened, and keys decide on it. */
export function Queue() {
  const t = useText(words)
  const options = useOptions()
  const { params } = useAddress()
  const page = usePage(size)
  const relation = params.get('relation')
  const what = relation ? 'claims' : params.get('what')
  const common = {
    curation: ['UNREVIEWED' as CurationState],
    region: params.get('region'),
    report: params.get('report'),
  }
  const both = what !== 'claims' && what !== 'numbers'
  const query = useQuery({
    query: QueueDocument,
    variables: {
      claims: what !== 'numbers',
      numbers: what !== 'claims',
      claimFilter: { ...common, ...(relation && { relations: [relation as Relation] }) },
      numberFilter: common,
      // A place in one list says nothing of the other: both begin with what is least sure.
      ...(both ? { first: size } : page),
    },
  })
  const filtered = names.some((name) => params.has(name))
  return (
    <>
      <p>{t('intro')}</p>
      <Filters names={names}>
        <SelectFilter
          name="what"
          label={t('what')}
          any={t('both')}
          options={[
            { value: 'claims', label: t('claims') },
            { value: 'numbers', label: t('numbers') },
          ]}
        />
        {what !== 'numbers' && <SelectFilter name="relation" label={t('relation')} options={options(relations)} />}
        <RegionFilter />
        <ReportFilter />
      </Filters>
      <Loaded query={query} lines={10}>
        {({ claims, observations }) => {
          const lists = [claims, observations].flatMap((list) => list ?? [])
          const total = lists.reduce((sum, { totalCount }) => sum + totalCount, 0)
          const facts = lists
            .flatMap((list): Fact[] => list.nodes)
            .sort((a, b) => a.confidence - b.confidence)
            .slice(0, size)
          const [list] = lists
          if (total === 0)
            return (
              <Empty
                title={t('none')}
                action={
                  filtered ? { to: '/review', label: t('clear') } : { to: '/review?tab=changes', label: t('toChanges') }
                }
              >
                {t('noneHelp')}
              </Empty>
            )
          if (facts.length === 0)
            return (
              <Empty title={t('pageDone')} action={{ to: '/review', label: t('again') }}>
                {t('pageDoneHelp')}
              </Empty>
            )
          return (
            <>
              <p className="muted" role="status">
                {t('left', { n: total })}
                {both && total > facts.length && ` ${t('leastSure', { n: facts.length })}`}
              </p>
              <Keyboard facts={facts} />
              {!both && list && <Pager info={list.pageInfo} total={list.totalCount} />}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function Keyboard({ facts }: { facts: Fact[] }) {
  const t = useText(words)
  const { params, change } = useAddress()
  const [open, setOpen] = useState<OpenForm>()
  const list = useRef<HTMLOListElement>(null)
  const moved = useRef(false)
  const found = facts.findIndex(({ id }) => id === params.get('at'))
  const index = Math.max(found, 0)
  const fact = facts[index] as Fact
  const { confirm, failed, busy } = useJudge(fact)

  const go = (to: number) => {
    const next = facts[to]
    if (!next) return
    moved.current = true
    select(next.id)
  }
  const select = (id: string) => {
    setOpen(undefined)
    // The page of the list stays.
    change({ at: id, after: params.get('after'), before: params.get('before') }, true)
  }
  const decided = () => go(index + 1 < facts.length ? index + 1 : index - 1)

  // Who moves by keys hears and sees where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one is shown
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    const current = list.current?.querySelector<HTMLElement>('[aria-current]')
    current?.focus({ preventScroll: true })
    current?.scrollIntoView({ block: 'nearest' })
  }, [fact.id])

  const agree = async () => {
    const { done, error } = await confirm()
    if (done) decided()
    else failed(error)
  }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || busy || params.has('fact')) return
      if (event.key === 'Escape' && open) {
        // It first ends what is being composed or chosen in the form.
        if (event.isComposing || event.defaultPrevented) return
        if (target instanceof Element && target.closest('[role=dialog], [role=combobox][aria-expanded=true]')) return
        setOpen(undefined)
        list.current?.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true })
        return
      }
      if (target instanceof Element && target.closest('input, select, textarea, [role=dialog], [role=combobox]')) return
      const act = {
        j: () => go(index + 1),
        k: () => go(index - 1),
        y: agree,
        n: () => setOpen('reject'),
        e: () => setOpen('correct'),
      }[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })

  return (
    <>
      <dl className="review-keys" aria-label={t('keys')}>
        {(
          [
            ['Y', 'yes'],
            ['N', 'no'],
            ['E', 'edit'],
            ['J', 'next'],
            ['K', 'previous'],
          ] as const
        ).map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <ol className="review-list" ref={list}>
        {facts.map((one, i) => (
          <li key={one.id} aria-current={i === index ? 'true' : undefined} tabIndex={i === index ? -1 : undefined}>
            {i === index ? (
              <>
                <p className="review-fact">
                  <FactLine fact={one} bare />
                </p>
                <Sentence fact={one} />
                <FactActions fact={one} open={open} setOpen={setOpen} onDone={decided} />
              </>
            ) : (
              <button type="button" className="review-other" onClick={() => select(one.id)}>
                <Line fact={one} />
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

/** A fact in words without links, to be opened. */
function Line({ fact }: { fact: Fact }) {
  const { language } = useSettings()
  return (
    <>
      {fact.__typename === 'Claim' ? (
        <span>
          {fact.subject?.name} <span className="relation">{relations[fact.relation][language]}</span>{' '}
          {fact.object?.name ?? (fact.status ? stepOf(fact.status, fact.subject?.kind)[language] : fact.value)}
        </span>
      ) : (
        <span>
          {fact.about?.name} <span className="relation">{fact.measure}</span> <Amount observation={fact} />
        </span>
      )}
      <span className="muted">{Math.round(fact.confidence * 100)}%</span>
    </>
  )
}

/** The sentence of the best evidence: the quote marked, what it speaks of underlined in the colours of their kinds. */
function Sentence({ fact }: { fact: Fact }) {
  const t = useText(words)
  const { language } = useSettings()
  const [evidence] = fact.evidence
  if (!evidence) return null
  const { passage, report, quote, start, end } = evidence
  const sentence = evidence.sentence ?? quote
  const whole = (passage && locate(passage.text, sentence, { start, end })) ?? { start, end: start }
  const ends = fact.__typename === 'Claim' ? [fact.subject, fact.object] : [fact.about]
  const things = ends.flatMap((of) => (of ? [{ of, names: [of.name, ...of.aliases] }] : []))
  const names = named(sentence, things)
  // The sentence falls into pieces wherever a quote or a name begins or ends.
  const from = start - whole.start
  const to = end - whole.start
  const length = Array.from(sentence).length
  const cuts = new Set([0, length, from, to, ...names.flatMap((name) => [name.start, name.end])])
  const places = [...cuts].filter((at) => at >= 0 && at <= length).sort((a, b) => a - b)
  return (
    <>
      <blockquote className="review-sentence" lang="zh-CN" title={t('legend')}>
        {places.slice(0, -1).map((at, i) => {
          const words = slice(sentence, at, places[i + 1])
          const name = names.find((one) => one.start <= at && at < one.end)
          const shown = (
            <span
              key={at}
              className={name && 'review-name'}
              style={name && { textDecorationColor: `var(--kind-${name.of.kind})` }}
            >
              {words}
            </span>
          )
          return from <= at && at < to ? <mark key={at}>{shown}</mark> : shown
        })}
      </blockquote>
      <p className="muted review-where">
        {report && `${[report.title, report.date && formatDate(report.date, language)].filter(Boolean).join(' · ')} `}
        <code>{evidence.rule}</code> <EvidenceButton fact={fact.id} />
      </p>
    </>
  )
}
