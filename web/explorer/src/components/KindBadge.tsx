import type { Kind } from '../graphql/graphql'
import { useSettings } from '../settings'
import { kinds } from '../vocabulary'

/** The name of a kind in its colour. */
export function KindBadge({ kind }: { kind: Kind }) {
  const { language } = useSettings()
  return (
    <span className="kind-badge" style={{ color: `var(--kind-${kind})` }}>
      {kinds[kind][language]}
    </span>
  )
}
