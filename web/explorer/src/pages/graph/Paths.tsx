import type { CombinedError } from 'urql'
import { EntityPicker } from '../../components/EntityPicker'
import { FactLine } from '../../components/FactLine'
import { useText } from '../../text'
import { longestPath, pathLength, type View } from './address'
import type { Data } from './data'
import { words } from './text'

/** Finds ways between two entities, and tells the one that is shown hop by hop. */
export function Paths({
  path,
  data,
  loading,
  error,
  change,
}: {
  path: NonNullable<View['path']>
  data: Data
  loading: boolean
  error: CombinedError | null
  change: (path: View['path']) => void
}) {
  const t = useText(words)
  const { from, to, rank, maxLength } = path
  const end = (which: 'from' | 'to') => (id: string | null) =>
    change({ ...path, [which]: id ?? '', rank: 1, maxLength: pathLength })
  const first = [...data.nodes.values()].slice(0, 20)
  const ways = from && to && from !== to ? data.paths?.nodes : undefined
  return (
    <section className="graph-paths" aria-label={t('pathTitle')}>
      <header>
        <h2>{t('pathTitle')}</h2>
        <button type="button" className="button quiet" onClick={() => change(null)}>
          {t('closePath')}
        </button>
      </header>
      <div className="graph-ends">
        <EntityPicker label={t('from')} value={from || null} first={first} onChange={end('from')} />
        <EntityPicker label={t('to')} value={to || null} first={first} onChange={end('to')} />
        <button
          type="button"
          className="button quiet"
          disabled={!from && !to}
          onClick={() => change({ ...path, from: to, to: from, rank: 1 })}
        >
          {t('swap')}
        </button>
      </div>
      <div role="status">
        {(!from || !to) && <p className="muted">{t('choosePath')}</p>}
        {from !== '' && from === to && <p>{t('same')}</p>}
        {loading && <p className="muted">{t('loading')}</p>}
        {!loading && !error && ways?.length === 0 && (
          <>
            <p>{t('noPath', { n: maxLength })}</p>
            {maxLength < longestPath && (
              <button type="button" className="button" onClick={() => change({ ...path, maxLength: longestPath })}>
                {t('longer', { n: longestPath })}
              </button>
            )}
          </>
        )}
        {data.paths?.truncated && ways && <p className="muted">{t('pathCut')}</p>}
      </div>
      {ways && ways.length > 0 && (
        <ol className="graph-ways">
          {ways.map((way, i) => (
            <li key={way.hops.map(({ to }) => to.id).join(' ')}>
              <button
                type="button"
                className="graph-way"
                aria-pressed={i + 1 === rank}
                onClick={() => change({ ...path, rank: i + 1 })}
              >
                {t('way', { n: i + 1, hops: way.hops.length })}
                <span className="muted">
                  {[way.from, ...way.hops.map(({ to }) => to)].map(({ name }) => name).join(' – ')}
                </span>
              </button>
              {i + 1 === rank && (
                <ol className="graph-hops">
                  {way.hops.map((hop) => (
                    <li key={hop.to.id}>
                      {hop.claim ? (
                        <FactLine fact={hop.claim} />
                      ) : (
                        <>
                          {hop.from.name} {hop.direction === 'OUT' ? '↑' : '↓'} {hop.to.name}{' '}
                          <span className="muted">{t('derived')}</span>
                        </>
                      )}
                    </li>
                  ))}
                </ol>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
