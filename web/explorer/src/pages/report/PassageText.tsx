import { lazy, memo, Suspense, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Span } from '../../codepoints'
import type { EntityRef } from '../../components/fragments'
import { Skeleton } from '../../components/Skeleton'
import { useText } from '../../text'
import { Facts } from './Facts'
import { type Named, type Piece, pieces } from './pieces'
import { words } from './text'
import type { Passage } from './usePassages'

const AddForm = lazy(() => import('../../components/curate/AddForm'))

/** That a fact is being added: of these words, or of none in particular. */
export type Adding = { span?: Span | undefined }

type Props = {
  passage: Passage
  /** The kinds that are not marked. */
  hidden: Set<string>
  /** Whether the address names this passage. */
  here: boolean
  /** The stretch that the address marks. */
  start: number | undefined
  end: number | undefined
  /** The entity whose names stand out. */
  entity: string | null
  /** The fact that is being added, and how to begin or leave that; for editors. */
  adding: Adding | undefined
  onAdding: ((passage: string, adding: Adding | undefined) => void) | undefined
}

/** One paragraph with the names in it, and its facts when asked for. */
export const PassageText = memo(function PassageText({
  passage,
  hidden,
  here,
  start,
  end,
  entity,
  adding,
  onAdding,
}: Props) {
  const t = useText(words)
  const [open, setOpen] = useState(false)
  const [added, setAdded] = useState<string>()
  const [, setParams] = useSearchParams()
  const factsButton = useRef<HTMLButtonElement>(null)
  const names = passage.mentions.flatMap(({ entity, evidence }): Named[] =>
    entity && !hidden.has(entity.kind) ? [{ entity, span: { start: evidence.start, end: evidence.end } }] : [],
  )
  const mark = start !== undefined && end !== undefined ? { start, end } : undefined
  const leave = () => {
    onAdding?.(passage.id, undefined)
    factsButton.current?.focus()
  }
  // A piece has no better key than its place: pieces never move.
  const shown = pieces(passage.text, names, mark).map((piece, i) => {
    return piece.entity ? (
      <Link
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        key={i}
        className={piece.entity.id === entity ? 'mention sought' : 'mention'}
        style={{ '--kind': `var(--kind-${piece.entity.kind})` } as React.CSSProperties}
        to={`/entity/${piece.entity.id}`}
        data-entity={piece.entity.id}
        data-name={piece.entity.name}
        data-passage={passage.id}
        // Words can be selected from here, too.
        draggable={false}
        onClick={(event) => {
          if (document.getSelection()?.isCollapsed === false) event.preventDefault()
        }}
      >
        <Words piece={piece} />
      </Link>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <Words key={i} piece={piece} />
    )
  })
  return (
    <div id={passage.id} className={here ? 'passage here' : 'passage'}>
      {passage.heading ? <h2>{shown}</h2> : <p data-text-of={passage.id}>{shown}</p>}
      {!passage.heading && (
        <div className="passage-buttons">
          <button
            ref={factsButton}
            type="button"
            className="passage-button"
            title={t('line', { n: passage.line + 1 })}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {t('facts')}
          </button>
          {onAdding && (
            <button
              type="button"
              className="passage-button"
              title={t('add')}
              aria-label={t('add')}
              aria-expanded={!!adding}
              onClick={() => onAdding(passage.id, adding ? undefined : {})}
            >
              ＋
            </button>
          )}
        </div>
      )}
      {adding && onAdding && (
        <section className="passage-facts">
          <h3>{t('add')}</h3>
          <Suspense fallback={<Skeleton lines={6} />}>
            <AddForm
              key={`${adding.span?.start} ${adding.span?.end}`}
              passage={passage.id}
              text={passage.text}
              selected={adding.span}
              names={namesIn(passage)}
              close={leave}
              onDone={(claim, { start, end }) => {
                leave()
                setOpen(true)
                setAdded(claim)
                setParams(
                  (params) => {
                    params.set('passage', passage.id)
                    params.set('start', String(start))
                    params.set('end', String(end))
                    return params
                  },
                  { replace: true, preventScrollReset: true },
                )
              }}
            />
          </Suspense>
        </section>
      )}
      {open && (
        <section className="passage-facts" aria-label={t('factsOf')}>
          <Facts passage={passage.id} added={added} />
        </section>
      )}
    </div>
  )
})

/** The entities that a passage names, each once. */
function namesIn({ mentions }: Passage): EntityRef[] {
  return [...new Map(mentions.flatMap(({ entity }) => (entity ? [[entity.id, entity] as const] : []))).values()]
}

function Words({ piece }: { piece: Piece }) {
  return piece.marked ? <mark>{piece.text}</mark> : piece.text
}
