import { Link } from 'react-router'
import { useSettings } from '../settings'
import { kinds } from '../vocabulary'
import type { EntityRef } from './fragments'

/** An entity's name in the colour of its kind, which leads to its page. */
export function EntityLink({ entity }: { entity: Pick<EntityRef, 'id' | 'kind' | 'name'> }) {
  const { language } = useSettings()
  return (
    <Link
      className="entity-link"
      to={`/entity/${entity.id}`}
      title={kinds[entity.kind][language]}
      style={{ color: `var(--kind-${entity.kind})` }}
    >
      {entity.name}
    </Link>
  )
}
