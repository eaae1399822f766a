import { Link, useParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { locate } from '../../codepoints'
import { EntityActions } from '../../components/curate/EntityActions'
import { EntityLink } from '../../components/EntityLink'
import { EvidenceButton } from '../../components/Evidence'
import { FactLine } from '../../components/FactLine'
import type { ClaimLine } from '../../components/fragments'
import { Gone } from '../../components/Gone'
import { KindBadge } from '../../components/KindBadge'
import { Loaded } from '../../components/Loaded'
import { Marked } from '../../components/Marked'
import { Pager, usePage } from '../../components/Pager'
import { formatDate, Period } from '../../components/Period'
import { passageAddress } from '../../components/passageAddress'
import type { EntityQuery, Relation, SiteFragment, StepFragment } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { derivationRules, inverses, levels, modalities, relations, stepOf } from '../../vocabulary'
import { Indicators } from './Indicators'
import { EntityDocument, GroupDocument, MentionsDocument, PromisedDocument } from './queries'
import './entity.css'
import { words } from './text'

type Entity = NonNullable<EntityQuery['entity']>

/** All that is known of one entity. */
export default function EntityPage() {
  const { id = '' } = useParams()
  const query = useQuery({ query: EntityDocument, variables: { id } })
  return (
    <Loaded query={query} lines={12}>
      {({ entity }) => (entity ? <Known key={entity.id} entity={entity} /> : <Gone what="entity" ids={[id]} />)}
    </Loaded>
  )
}

function Known({ entity }: { entity: Entity }) {
  const t = useText(words)
  const { language } = useSettings()
  const [promises] = useQuery({ query: PromisedDocument, variables: { id: entity.id } })
  const promised = (promises.data?.commitments.totalCount ?? 0) > 0
  const groups = groupsOf(entity)
  const silent = groups.length === 0 && entity.statuses.length === 0 && entity.observations.totalCount === 0
  return (
    <article className="entity-page">
      <title>{`${entity.name} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <header>
        <p className="entity-kind">
          <KindBadge kind={entity.kind} />
          {entity.__typename === 'Place' && entity.level && (
            <span className="muted">{levels[entity.level][language]}</span>
          )}
          {entity.__typename === 'Place' && entity.code && (
            <span className="muted">{t('code', { code: entity.code })}</span>
          )}
        </p>
        <h1>{entity.name}</h1>
        <EntityActions entity={entity} />
        {entity.aliases.length > 0 && (
          <p className="muted">
            {t('alias')} {entity.aliases.join(language === 'zh' ? '、' : ', ')}
          </p>
        )}
        {entity.status && (
          <p>
            <span className="entity-status">{stepOf(entity.status.status, entity.kind)[language]}</span>{' '}
            {entity.status.modality === 'AIM' && <span className="tag">{modalities.AIM[language]}</span>}{' '}
            <EvidenceButton fact={entity.status.claim.id} />
          </p>
        )}
        <p className="entity-links">
          <Link to={`/graph?${new URLSearchParams({ root: entity.id })}`}>{t('graph')}</Link>
          {entity.__typename === 'Place' ? (
            <>
              <Link to={`/trace?${new URLSearchParams({ from: entity.id, direction: 'REACHED_BY' })}`}>
                {t('reachedBy')}
              </Link>
              <Link to={`/map?${new URLSearchParams({ place: entity.id })}`}>{t('map')}</Link>
            </>
          ) : (
            <Link to={`/trace?${new URLSearchParams({ from: entity.id })}`}>{t('trace')}</Link>
          )}
          {promised && <Link to={`/timeline?${new URLSearchParams({ about: entity.id })}`}>{t('timeline')}</Link>}
          {entity.observations.nodes.length > 0 && <Link to={indicatorsOf(entity)}>{t('measured')}</Link>}
        </p>
      </header>
      <div className="entity-columns">
        <div>
          {silent && <p className="muted">{t('nothing')}</p>}
          {entity.statuses.length > 0 && <Ladder steps={entity.statuses} kind={entity.kind} />}
          {groups.length > 0 && (
            <section>
              <h2>{t('relations')}</h2>
              {groups.map((group) => (
                <Group key={group.name} entity={entity} group={group} />
              ))}
            </section>
          )}
          <Indicators
            observations={entity.observations.nodes}
            total={entity.observations.totalCount}
            from={entity.id}
          />
          {entity.derived.length > 0 && <DerivedFacts entity={entity} />}
          <Mentions id={entity.id} />
        </div>
        <aside>
          <Where entity={entity} />
          <section>
            <h2>{t('reports')}</h2>
            <ul className="plain">
              {entity.reports.nodes.map((report) => (
                <li key={report.id}>
                  <Link to={`/report/${report.id}?${new URLSearchParams({ entity: entity.id })}`}>{report.title}</Link>
                  <div className="muted">
                    {[report.regionName, report.date && formatDate(report.date, language)].filter(Boolean).join(' · ')}
                  </div>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </article>
  )
}

/** The comparison of its measures, those with most numbers drawn at once. */
function indicatorsOf({ id, observations }: Entity): string {
  const measures = [...Map.groupBy(observations.nodes, ({ measure }) => measure)]
  const most = measures.sort(([, a], [, b]) => b.length - a.length).slice(0, 3)
  return `/indicators?${new URLSearchParams([['about', id], ...most.map(([measure]) => ['m', measure])])}`
}

/** Every step that was said of it, the newest first. */
function Ladder({ steps, kind }: { steps: StepFragment[]; kind: Entity['kind'] }) {
  const t = useText(words)
  const { language } = useSettings()
  return (
    <section>
      <h2>{t('status')}</h2>
      <ol className="ladder">
        {steps.map((step) => (
          <li key={step.claim.id} className={step.modality === 'AIM' ? 'aim' : undefined}>
            <span className="ladder-date">{step.date ? formatDate(step.date, language) : t('undated')}</span>
            <span>
              <b>{stepOf(step.status, kind)[language]}</b>{' '}
              {step.modality === 'AIM' && <span className="tag">{modalities.AIM[language]}</span>}{' '}
              <Period period={step.period} /> <EvidenceButton fact={step.claim.id} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

type GroupOf = { name: string; relation: Relation; direction: 'OUT' | 'IN' | null; total: number; claims: ClaimLine[] }

/** The relations that it takes part in, those that say most first. */
function groupsOf(entity: Entity): GroupOf[] {
  return (Object.keys(relations) as Relation[])
    .filter((relation) => relation !== 'HAS_STATUS')
    .flatMap((relation) => {
      const ends =
        relation === 'COOPERATES_WITH' || relation === 'RECOGNIZED_AS' || relation === 'RANKED'
          ? [null]
          : (['OUT', 'IN'] as const)
      return ends.map((direction) => {
        const name = direction ? `${relation}_${direction}` : relation
        const { totalCount, nodes } = entity[name as 'SETTLED_IN_OUT']
        return { name, relation, direction, total: totalCount, claims: nodes }
      })
    })
    .filter((group) => group.total > 0)
    .sort((a, b) => b.total - a.total)
}

// The parameter of the address that names the group that is shown whole.
const parameter = 'group'

function Group({ entity, group }: { entity: Entity; group: GroupOf }) {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const whole = params.get(parameter) === group.name
  const label = (group.direction === 'IN' ? inverses : relations)[group.relation][language]
  return (
    <section className="group" id={group.name}>
      <h3>
        {label} <span className="muted">{group.total}</span>
      </h3>
      {whole ? <WholeGroup id={entity.id} group={group} /> : <Claims claims={group.claims} from={entity.id} />}
      {group.total > group.claims.length && (
        <Link
          className="button quiet"
          preventScrollReset
          to={whole ? '?' : `?${new URLSearchParams({ [parameter]: group.name })}`}
        >
          {whole ? t('fewer') : t('all', { n: group.total })}
        </Link>
      )}
    </section>
  )
}

function WholeGroup({ id, group }: { id: string; group: GroupOf }) {
  const page = usePage(50, 'group-')
  const query = useQuery({
    query: GroupDocument,
    variables: { id, relation: group.relation, direction: group.direction, ...page },
  })
  return (
    <Loaded query={query} lines={10}>
      {({ entity }) =>
        entity && (
          <>
            <Claims claims={entity.claims.nodes} from={id} />
            <Pager name="group-" info={entity.claims.pageInfo} total={entity.claims.totalCount} />
          </>
        )
      }
    </Loaded>
  )
}

function Claims({ claims, from }: { claims: ClaimLine[]; from: string }) {
  return (
    <ul className="plain facts">
      {claims.map((claim) => (
        <li key={claim.id}>
          <FactLine fact={claim} from={from} grouped />
        </li>
      ))}
    </ul>
  )
}

/** Where it is: the place, park or facility, and the administrative ladder above. */
function Where({ entity }: { entity: Entity }) {
  const t = useText(words)
  const { language } = useSettings()
  const location = entity.__typename === 'Place' ? entity.placeLocation : 'location' in entity ? entity.location : null
  // A place that is said to lie in one above it needs no second ladder.
  const above = entity.__typename === 'Place' ? entity.ancestors.map((place) => place.id) : []
  const ladders = [entity.__typename === 'Place' ? entity : null, location].filter(
    (site): site is SiteFragment => !!site && !above.includes(site.id),
  )
  const children = entity.__typename === 'Place' ? entity.children : null
  if (ladders.length === 0 && !entity.region) return null
  return (
    <section>
      <h2>{t('where')}</h2>
      {ladders.map((site) => (
        <ol key={site.id} className="place-ladder">
          {[...('ancestors' in site ? site.ancestors : [])].reverse().map((place) => (
            <li key={place.id}>
              <EntityLink entity={place} />{' '}
              {place.level && <span className="muted">{levels[place.level][language]}</span>}
            </li>
          ))}
          <li>{site.id === entity.id ? <b>{site.name}</b> : <EntityLink entity={site} />}</li>
        </ol>
      ))}
      {ladders.length === 0 && entity.region && (
        <p className="muted">{t('spokenOf', { region: entity.region.name })}</p>
      )}
      {children && children.totalCount > 0 && (
        <>
          <h3>
            {t('children')} <span className="muted">{children.totalCount}</span>
          </h3>
          <ul className="chips">
            {children.nodes.map((child) => (
              <li key={child.id}>
                <EntityLink entity={child} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** What no sentence says but follows, with the claims that it follows from. */
function DerivedFacts({ entity }: { entity: Entity }) {
  const t = useText(words)
  const { language } = useSettings()
  return (
    <section>
      <h2>{t('derived')}</h2>
      <p className="muted">{t('derivedHelp')}</p>
      <ul className="plain facts">
        {entity.derived.map(({ relation, rule, subject, object, from }) => (
          <li key={`${relation} ${rule} ${object.id}`}>
            <span className="fact-line">
              <span className="fact-said">
                {subject.id !== entity.id && <EntityLink entity={subject} />}{' '}
                <span className="relation">{relations[relation][language]}</span> <EntityLink entity={object} />
              </span>
              <span className="tag">{t('derived')}</span>
              <span className="muted">{derivationRules[rule][language]}</span>
            </span>
            <details className="derived">
              <summary>{t('basis')}</summary>
              <ul className="plain">
                {from.map((claim) => (
                  <li key={claim.id}>
                    <FactLine fact={claim} />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The sentences that its name stands in. */
function Mentions({ id }: { id: string }) {
  const t = useText(words)
  const { language } = useSettings()
  const page = usePage(10, 'mention-')
  const query = useQuery({ query: MentionsDocument, variables: { id, ...page } })
  return (
    <section>
      <h2>{t('mentions')}</h2>
      <Loaded query={query} lines={6}>
        {({ entity }) =>
          entity && (
            <>
              <ul className="plain mentions">
                {entity.mentions.nodes.map(({ evidence }) => {
                  const { passage, report, quote } = evidence
                  if (!passage || !report) return null
                  const sentence = evidence.sentence ?? quote
                  return (
                    <li key={`${passage.id} ${evidence.start}`}>
                      <Link className="quiet-link" lang="zh-CN" to={passageAddress(report.id, passage.id, evidence)}>
                        <Marked text={sentence} spans={spansOf(sentence, quote)} />
                      </Link>
                      <div className="muted">
                        {[
                          report.title,
                          report.date && formatDate(report.date, language),
                          t('mentionLine', { n: passage.line + 1 }),
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </div>
                    </li>
                  )
                })}
              </ul>
              <Pager name="mention-" info={entity.mentions.pageInfo} total={entity.mentions.totalCount} />
            </>
          )
        }
      </Loaded>
    </section>
  )
}

/** Where a quote stands in its sentence. */
function spansOf(sentence: string, quote: string) {
  const span =
    locate(sentence, quote, { start: 0, end: 0 }) ??
    locate(sentence, quote, { start: Array.from(sentence).length, end: 0 })
  return span ? [span] : []
}
