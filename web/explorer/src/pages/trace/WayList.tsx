import { EntityLink } from '../../components/EntityLink'
import { FactLine } from '../../components/FactLine'
import { KindBadge } from '../../components/KindBadge'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { levels } from '../../vocabulary'
import type { TraceEntity, Way } from './queries'
import { words } from './text'
import { type Branch, toTree } from './ways'

/** The ways as nested lists: what they have in common stands once. */
export function WayList({ start, ways }: { start: TraceEntity; ways: Way[] }) {
  return (
    <div className="trace-list">
      <p>
        <KindBadge kind={start.kind} /> <EntityLink entity={start} />
      </p>
      <Branches branches={toTree(ways)} />
    </div>
  )
}

function Branches({ branches }: { branches: Branch[] }) {
  if (branches.length === 0) return null
  return (
    <ul>
      {branches.map((branch) => (
        <li key={branch.hop.to.id}>
          <Step branch={branch} />
          <Branches branches={branch.branches} />
        </li>
      ))}
    </ul>
  )
}

function Step({ branch: { hop } }: { branch: Branch }) {
  const t = useText(words)
  const { language } = useSettings()
  const level = 'level' in hop.to && hop.to.level ? levels[hop.to.level][language] : null
  if (hop.derived)
    return (
      <span className="fact-line">
        <span className="fact-said">
          <span className="relation">{t(hop.direction === 'OUT' ? 'ladderUp' : 'ladder')}</span>{' '}
          <EntityLink entity={hop.to} />
        </span>
        {level && <span className="muted">{level}</span>}
        <span className="tag" title={t('derivedRule')}>
          {t('derived')}
        </span>
      </span>
    )
  const [best, ...others] = hop.claims
  return (
    <>
      {best && <FactLine fact={best} from={hop.from.id} />}
      {level && <span className="muted"> {level}</span>}
      {others.length > 0 && (
        <details>
          <summary className="muted">{t('more', { n: others.length })}</summary>
          {others.map((claim) => (
            <div key={claim.id}>
              <FactLine fact={claim} from={hop.from.id} />
            </div>
          ))}
        </details>
      )}
    </>
  )
}
