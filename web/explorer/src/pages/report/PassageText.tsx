import { memo, useState } from 'react'
import { Link } from 'react-router'
import { useText } from '../../text'
import { Facts } from './Facts'
import { type Named, type Piece, pieces } from './pieces'
import { words } from './text'
import type { Passage } from './usePassages'

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
}

/** One paragraph with the names in it, and its facts when asked for. */
export const PassageText = memo(function PassageText({ passage, hidden, here, start, end, entity }: Props) {
  const t = useText(words)
  const [open, setOpen] = useState(false)
  const names = passage.mentions.flatMap(({ entity, evidence }): Named[] =>
    entity && !hidden.has(entity.kind) ? [{ entity, span: { start: evidence.start, end: evidence.end } }] : [],
  )
  const mark = start !== undefined && end !== undefined ? { start, end } : undefined
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
      {passage.heading ? <h2>{shown}</h2> : <p>{shown}</p>}
      {!passage.heading && (
        <button
          type="button"
          className="passage-facts-button"
          title={t('line', { n: passage.line + 1 })}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('facts')}
        </button>
      )}
      {open && (
        <section className="passage-facts" aria-label={t('factsOf')}>
          <Facts passage={passage.id} />
        </section>
      )}
    </div>
  )
})

function Words({ piece }: { piece: Piece }) {
  return piece.marked ? <mark>{piece.text}</mark> : piece.text
}
