import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import type { EntityRefFragment, SplittableQuery } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { FactLine } from '../FactLine'
import { TextField } from '../Field'
import { Loaded } from '../Loaded'
import { ChangeForm } from './ChangeForm'
import { AddAliasDocument, SplitDocument, SplittableDocument } from './queries'
import { words } from './text'
import { useCurate } from './useCurate'

type Said = NonNullable<SplittableQuery['entity']>
type Fact = Said['claims']['nodes'][number] | Said['observations']['nodes'][number]

/** Makes an entity of its own of some names and facts of another, and shows beforehand what goes where. */
export function SplitForm({ entity, close }: { entity: EntityRefFragment & { aliases: string[] }; close: () => void }) {
  const t = useText(words)
  const { language } = useSettings()
  const { curate, make, undo, busy } = useCurate()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [ticked, setTicked] = useState<string[]>([])
  const [facts, setFacts] = useState<Fact[]>([])
  const query = useQuery({ query: SplittableDocument, variables: { id: entity.id } })
  const all = [entity.name, ...entity.aliases]
  const called = name.trim()
  const fresh = called !== '' && !all.includes(called)
  const going = [...new Set([called, ...ticked])].filter(Boolean)
  const staying = all.filter((one) => !going.includes(one))
  const said = query[0].data?.entity
  const total = said ? said.claims.totalCount + said.observations.totalCount : 0
  const wrong = !called
    ? t('splitNone')
    : staying.length === 0
      ? t('splitSome')
      : fresh && ticked.length === 0 && facts.length === 0 && t('splitNothing')
  const list = (names: string[]) => names.join(language === 'zh' ? '、' : ', ')
  return (
    <ChangeForm
      help={t('splitHelp')}
      label={t('splitDo')}
      wrong={wrong}
      busy={busy}
      close={close}
      send={async (_, reason) => {
        const before: string[] = []
        // A split takes names that the entity has: a new one is given to it first.
        if (fresh) {
          const alias = await make(AddAliasDocument, { input: { entity: entity.id, alias: called, reason } })
          if (!alias.done) return alias
          before.push(alias.done.change.id)
        }
        const of = (type: Fact['__typename']) => facts.flatMap((one) => (one.__typename === type ? [one.id] : []))
        const input = { entity: entity.id, names: going, claims: of('Claim'), observations: of('Observation'), reason }
        const result = await curate(SplitDocument, { input }, t('split'), before)
        if (!result.done && before.length > 0) await undo(before)
        // Whoever splits looks at what was split off next.
        if (result.done?.splitOff) navigate(`/entity/${result.done.splitOff.id}`)
        return result
      }}
    >
      <TextField label={t('splitName')} value={name} onChange={setName} maxLength={100} />
      {all.length > 1 && (
        <fieldset className="curate-names">
          <legend className="field-label">{t('splitField')}</legend>
          {all.map((one) => (
            <label key={one}>
              <input
                type="checkbox"
                checked={going.includes(one)}
                disabled={one === called}
                onChange={(event) =>
                  setTicked(event.target.checked ? [...ticked, one] : ticked.filter((other) => other !== one))
                }
              />{' '}
              {one}
            </label>
          ))}
        </fieldset>
      )}
      <Loaded query={query} lines={4}>
        {({ entity: found }) =>
          found && (
            <fieldset className="curate-names curate-facts">
              <legend className="field-label">{t('splitFacts')}</legend>
              {byReport([...found.claims.nodes, ...found.observations.nodes]).map(({ title, facts: listed }) => (
                <section key={title}>
                  <h2>{title}</h2>
                  {listed.map((fact) => (
                    <label key={fact.id}>
                      <input
                        type="checkbox"
                        checked={facts.some((one) => one.id === fact.id)}
                        onChange={(event) =>
                          setFacts(event.target.checked ? [...facts, fact] : facts.filter((one) => one.id !== fact.id))
                        }
                      />
                      <FactLine fact={fact} bare />
                    </label>
                  ))}
                </section>
              ))}
              {[found.claims, found.observations].map(
                ({ nodes, totalCount }) =>
                  totalCount > nodes.length && (
                    <p key={nodes[0]?.id} className="muted">
                      {t('splitCut', { n: nodes.length, all: totalCount })}
                    </p>
                  ),
              )}
            </fieldset>
          )
        }
      </Loaded>
      {called && (
        <section className="curate-preview" aria-label={t('splitPreview')} aria-live="polite">
          <div>
            <h2>{t('splitNew', { name: called })}</h2>
            <p>{t('splitNames', { names: list(going) })}</p>
            <p>{t('splitChosen', { n: facts.length })}</p>
            {ticked.length > 0 && <p>{t('splitFollow')}</p>}
          </div>
          <div>
            <h2>{t('splitOld', { name: staying[0] ?? '' })}</h2>
            <p>{t('splitNames', { names: list(staying) })}</p>
            <p>{t('splitCount', { n: total - facts.length })}</p>
          </div>
        </section>
      )}
    </ChangeForm>
  )
}

/** Facts by the report that says them first. */
function byReport(facts: Fact[]): { title: string; facts: Fact[] }[] {
  const groups = new Map<string, Fact[]>()
  for (const fact of facts) {
    const report = fact.evidence[0]?.report
    const title = report ? `${report.title} · ${report.file}` : ''
    groups.set(title, [...(groups.get(title) ?? []), fact])
  }
  return [...groups].map(([title, facts]) => ({ title, facts }))
}
