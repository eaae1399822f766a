import type { Kind, Relation } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds, relations } from '../../vocabulary'
import type { View } from './address'
import type { Data } from './data'
import { words } from './text'

/** What the colours mean; each switches what it names on and off. */
export function Legend({ data, view, change }: { data: Data; view: View; change: (part: Partial<View>) => void }) {
  const t = useText(words)
  const { language } = useSettings()
  const kindCounts = count([...data.nodes.values()].map(({ kind }) => kind))
  const relationCounts = count([...data.edges.values()].flatMap(({ relation }) => relation ?? []))
  const toggle = <T,>(list: T[], one: T) =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one]
  return (
    <details className="graph-legend" open>
      <summary>{t('legend')}</summary>
      <fieldset>
        <legend>{t('kinds')}</legend>
        {(Object.keys(kinds) as Kind[])
          .filter((kind) => kindCounts.has(kind))
          .map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={!view.kindsOff.includes(kind)}
                onChange={() => change({ kindsOff: toggle(view.kindsOff, kind) })}
              />
              <span className="graph-dot" style={{ background: `var(--kind-${kind})` }} />
              {kinds[kind][language]} <span className="muted">{kindCounts.get(kind)}</span>
            </label>
          ))}
      </fieldset>
      <fieldset>
        <legend>{t('relations')}</legend>
        {(Object.keys(relations) as Relation[])
          .filter((relation) => relationCounts.has(relation))
          .map((relation) => (
            <label key={relation}>
              <input
                type="checkbox"
                checked={!view.relationsOff.includes(relation)}
                onChange={() => change({ relationsOff: toggle(view.relationsOff, relation) })}
              />
              {relations[relation][language]} <span className="muted">{relationCounts.get(relation)}</span>
            </label>
          ))}
      </fieldset>
      <label>
        {t('size')}{' '}
        <select
          value={view.size}
          onChange={(event) => change({ size: event.target.value === 'mentions' ? 'mentions' : 'links' })}
        >
          <option value="links">{t('sizeLinks')}</option>
          <option value="mentions">{t('sizeMentions')}</option>
        </select>
      </label>
    </details>
  )
}

function count<T>(all: T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}
