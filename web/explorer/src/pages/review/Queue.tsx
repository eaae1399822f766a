import { useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { locate, slice } from '../../codepoints'
import { ClaimActions, type OpenForm } from '../../components/curate/ClaimActions'
import { ConfirmDocument } from '../../components/curate/queries'
import { words as curateWords } from '../../components/curate/text'
import { useCurate } from '../../components/curate/useCurate'
import { Empty } from '../../components/Empty'
import { EvidenceButton } from '../../components/Evidence'
import { FactLine } from '../../components/FactLine'
import { Filters, RegionFilter, ReportFilter, SelectFilter, useOptions } from '../../components/Filters'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { formatDate } from '../../components/Period'
import type { QueueQuery, Relation } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { relations, stepOf } from '../../vocabulary'
import { named } from './named'
import { QueueDocument } from './queries'
import { words } from './text'

type Claim = QueueQuery['claims']['nodes'][number]

/** Claims that nobody has decided on, the least sure first; one is opened, and keys decide on it. */
export function Queue() {
  const t = useText(words)
  const options = useOptions()
  const { params } = useAddress()
  const page = usePage(20)
  const relation = params.get('relation')
  const query = useQuery({
    query: QueueDocument,
    variables: {
      filter: {
        curation: ['UNREVIEWED'],
        ...(relation && relation in relations && { relations: [relation as Relation] }),
        region: params.get('region'),
        report: params.get('report'),
      },
      ...page,
    },
  })
  const filtered = ['relation', 'region', 'report'].some((name) => params.has(name))
  return (
    <>
      <p>{t('intro')}</p>
      <Filters names={['relation', 'region', 'report']}>
        <SelectFilter name="relation" label={t('relation')} options={options(relations)} />
        <RegionFilter />
        <ReportFilter />
      </Filters>
      <Loaded query={query} lines={10}>
        {({ claims }) =>
          claims.totalCount === 0 ? (
            <Empty
              title={t('none')}
              action={
                filtered ? { to: '/review', label: t('clear') } : { to: '/review?tab=changes', label: t('toChanges') }
              }
            >
              {t('noneHelp')}
            </Empty>
          ) : claims.nodes.length === 0 ? (
            <Empty title={t('pageDone')} action={{ to: '/review', label: t('again') }}>
              {t('pageDoneHelp')}
            </Empty>
          ) : (
            <>
              <p className="muted" role="status">
                {t('left', { n: claims.totalCount })}
              </p>
              <Keyboard claims={claims.nodes} />
              <Pager info={claims.pageInfo} total={claims.totalCount} />
            </>
          )
        }
      </Loaded>
    </>
  )
}

function Keyboard({ claims }: { claims: Claim[] }) {
  const t = useText(words)
  const said = useText(curateWords)
  const { params, change } = useAddress()
  const { curate, failed, busy } = useCurate()
  const [open, setOpen] = useState<OpenForm>()
  const list = useRef<HTMLOListElement>(null)
  const moved = useRef(false)
  const found = claims.findIndex(({ id }) => id === params.get('at'))
  const index = Math.max(found, 0)
  const claim = claims[index] as Claim

  const go = (to: number) => {
    const next = claims[to]
    if (!next) return
    moved.current = true
    select(next.id)
  }
  const select = (id: string) => {
    setOpen(undefined)
    // The page of the list stays.
    change({ at: id, after: params.get('after'), before: params.get('before') }, true)
  }
  const decided = () => go(index + 1 < claims.length ? index + 1 : index - 1)

  // Who moves by keys hears and sees where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another claim is shown
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    const current = list.current?.querySelector<HTMLElement>('[aria-current]')
    current?.focus({ preventScroll: true })
    current?.scrollIntoView({ block: 'nearest' })
  }, [claim.id])

  const confirm = async () => {
    const { done, error } = await curate(ConfirmDocument, { input: { claim: claim.id } }, said('confirmed'))
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
        y: confirm,
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
        {claims.map((one, i) => (
          <li key={one.id} aria-current={i === index ? 'true' : undefined} tabIndex={i === index ? -1 : undefined}>
            {i === index ? (
              <>
                <p className="review-fact">
                  <FactLine fact={one} bare />
                </p>
                <Sentence claim={one} />
                <ClaimActions claim={one} open={open} setOpen={setOpen} onDone={decided} />
              </>
            ) : (
              <button type="button" className="review-other" onClick={() => select(one.id)}>
                <Line claim={one} />
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

/** A claim in words without links, to be opened. */
function Line({ claim }: { claim: Claim }) {
  const { language } = useSettings()
  return (
    <>
      <span>
        {claim.subject?.name} <span className="relation">{relations[claim.relation][language]}</span>{' '}
        {claim.object?.name ?? (claim.status ? stepOf(claim.status, claim.subject?.kind)[language] : claim.value)}
      </span>
      <span className="muted">{Math.round(claim.confidence * 100)}%</span>
    </>
  )
}

/** The sentence of the best evidence: the quote marked, subject and object underlined in the colours of their kinds. */
function Sentence({ claim }: { claim: Claim }) {
  const t = useText(words)
  const { language } = useSettings()
  const [evidence] = claim.evidence
  if (!evidence) return null
  const { passage, report, quote, start, end } = evidence
  const sentence = evidence.sentence ?? quote
  const whole = (passage && locate(passage.text, sentence, { start, end })) ?? { start, end: start }
  const things = [claim.subject, claim.object].flatMap((of) => (of ? [{ of, names: [of.name, ...of.aliases] }] : []))
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
        <code>{evidence.rule}</code> <EvidenceButton fact={claim.id} />
      </p>
    </>
  )
}
