import { useQuery } from 'urql'
import { FactLine } from '../../components/FactLine'
import type { FactLineData } from '../../components/fragments'
import { Loaded } from '../../components/Loaded'
import { useText } from '../../text'
import { FactsDocument } from './queries'
import { words } from './text'

/** The claims and observations of a passage, or of one entity in it; one that was just added stands out. */
export function Facts({ passage, about, added }: { passage: string; about?: string; added?: string | undefined }) {
  const t = useText(words)
  const query = useQuery({ query: FactsDocument, variables: { passage } })
  return (
    <Loaded query={query} lines={2}>
      {({ node }) => {
        const facts: FactLineData[] =
          node?.__typename === 'Passage' ? [...node.claims.nodes, ...node.observations.nodes] : []
        const shown = facts.filter((fact) => !about || endsOf(fact).includes(about))
        if (shown.length === 0) return <p className="muted">{t(about ? 'noFactsAbout' : 'noFacts')}</p>
        return (
          <ul className="plain">
            {shown.map((fact) => (
              <li key={fact.id} aria-current={fact.id === added || undefined}>
                <FactLine fact={fact} {...(about && { from: about })} />
              </li>
            ))}
          </ul>
        )
      }}
    </Loaded>
  )
}

function endsOf(fact: FactLineData): (string | undefined)[] {
  return fact.__typename === 'Claim' ? [fact.subject?.id, fact.object?.id] : [fact.about?.id]
}
