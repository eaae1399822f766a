import { useMemo } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { EntityLink } from '../../components/EntityLink'
import { FactLine } from '../../components/FactLine'
import type { EntityRef } from '../../components/fragments'
import { Gone } from '../../components/Gone'
import { KindBadge } from '../../components/KindBadge'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { Skeleton } from '../../components/Skeleton'
import type { Kind } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds, levels } from '../../vocabulary'
import { countOf, isWhat, shadeOf, shades, sorts, type What } from './counts'
import { Outline } from './Outline'
import { hasOutlines, match, useOutlines } from './outlines'
import { InsideDocument, type MapPlace, NationDocument, PlaceDocument } from './queries'
import { words } from './text'
import './map.css'

/** How much there is where: China, and down to the villages. */
export default function MapPage() {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const place = params.get('place')
  return (
    <div className="map">
      <title>{`${t('title')} · ${language === 'zh' ? '蓝图' : 'Lantu'}`}</title>
      <h1>{t('title')}</h1>
      <p className="muted map-lead">{t('lead')}</p>
      {place ? <PlaceMap key={place} id={place} /> : <Nation />}
    </div>
  )
}

function useWhat(): { what: What; name: string } {
  const t = useText(words)
  const { language } = useSettings()
  const { params } = useAddress()
  const asked = params.get('what')
  const what = isWhat(asked) ? asked : 'entities'
  return { what, name: what in kinds ? kinds[what as Kind][language] : t(what as (typeof sorts)[number]) }
}

/** The address of the map of a place, of China without one; what is counted stays. */
function usePlaceAddress() {
  const { params } = useAddress()
  return (place?: string) => {
    const next = new URLSearchParams()
    if (place) next.set('place', place)
    const what = params.get('what')
    if (what) next.set('what', what)
    return `/map${next.size > 0 ? `?${next}` : ''}`
  }
}

function Nation() {
  const t = useText(words)
  const page = usePage(24)
  const query = useQuery({ query: NationDocument, variables: page })
  return (
    <Loaded query={query} lines={12}>
      {({ provinces, others }) => (
        <>
          <Ladder ladder={[]} />
          <Choose />
          <Parts name={t('nation')} code="0" places={provinces.nodes} others={others.nodes} />
          <Pager info={others.pageInfo} total={others.totalCount} />
        </>
      )}
    </Loaded>
  )
}

function PlaceMap({ id }: { id: string }) {
  const t = useText(words)
  const { change } = useAddress()
  const page = usePage(100)
  const query = useQuery({ query: PlaceDocument, variables: { place: id, ...page } })
  return (
    <Loaded query={query} lines={12}>
      {({ node }) =>
        node && 'children' in node ? (
          <>
            <Ladder ladder={[...[...node.ancestors].reverse(), node]} />
            <Choose />
            <div className="map-columns">
              <div>
                <Parts name={node.name} code={node.code} places={node.children.nodes} others={[]} />
                <Pager info={node.children.pageInfo} total={node.children.totalCount} />
              </div>
              <Inside place={node} />
            </div>
          </>
        ) : (
          <>
            <Gone what="place" ids={[id]} choose={(place) => change({ place })} />
            <p>
              <Link to="/map">{t('back')}</Link>
            </p>
          </>
        )
      }
    </Loaded>
  )
}

function Ladder({ ladder }: { ladder: EntityRef[] }) {
  const t = useText(words)
  const address = usePlaceAddress()
  const steps = [{ id: undefined, name: t('nation') }, ...ladder]
  return (
    <nav className="map-ladder" aria-label={t('ladder')}>
      <ol>
        {steps.map(({ id, name }, index) => (
          <li key={id ?? ''}>
            {index === steps.length - 1 ? <b aria-current="page">{name}</b> : <Link to={address(id)}>{name}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Choose() {
  const t = useText(words)
  const { language } = useSettings()
  const { change } = useAddress()
  const { what } = useWhat()
  return (
    <div className="map-choose">
      <label className="field-label" htmlFor="map-what">
        {t('what')}
      </label>
      <select
        id="map-what"
        className="search-input"
        value={what}
        onChange={(event) =>
          change({ what: event.target.value === 'entities' ? null : event.target.value, inafter: null, inbefore: null })
        }
      >
        {sorts.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
        <optgroup label={t('kindsGroup')}>
          {Object.entries(kinds).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name[language]}
            </option>
          ))}
        </optgroup>
      </select>
    </div>
  )
}

/** The parts of a place: in their outlines, what has none as a schematic, and all as a table. */
function Parts({
  name,
  code,
  places,
  others,
}: {
  name: string
  code: string | null | undefined
  places: MapPlace[]
  others: MapPlace[]
}) {
  const t = useText(words)
  const { what, name: whatName } = useWhat()
  const address = usePlaceAddress()
  const outlines = useOutlines(code)
  const matched = useMemo(() => (outlines ? match(outlines, places) : new Map<string, MapPlace>()), [outlines, places])
  const onMap = new Set([...matched.values()].map(({ id }) => id))
  const off = [...places.filter(({ id }) => !onMap.has(id)).sort(byCode), ...others]
  const bounds = shades([...places, ...others].map((place) => countOf(place, what)))
  const label = t('mapOf', { name, what: whatName })
  if (hasOutlines(code) && !outlines) return <Skeleton lines={12} />
  return (
    <>
      {outlines && (
        <figure className="map-figure">
          <Outline
            outlines={outlines}
            places={matched}
            what={what}
            whatName={whatName}
            bounds={bounds}
            label={label}
            to={(place) => address(place.id)}
          />
          <figcaption className="muted">{t('note')}</figcaption>
        </figure>
      )}
      {places.length + others.length === 0 && !outlines && <p className="muted">{t('noChildren')}</p>}
      {off.length > 0 && (
        <section>
          <h2>{outlines ? t('others') : t('below', { name })}</h2>
          <p className="muted">{t(outlines ? 'othersHelp' : 'schematic')}</p>
          <ul className="map-tiles" aria-label={label}>
            {off.map((place) => (
              <li key={place.id}>
                <Link className={`map-tile shade-${shadeOf(countOf(place, what), bounds)}`} to={address(place.id)}>
                  <span>{place.name}</span>
                  <b>{countOf(place, what)}</b>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(bounds.length > 0 || outlines) && <Legend bounds={bounds} unknown={outlines !== null} name={whatName} />}
      {places.length + others.length > 0 && <Table places={[...places].sort(byCode).concat(others)} />}
    </>
  )
}

/** The order of the gazetteer: by division code; those without one after them, by name. */
function byCode(a: MapPlace, b: MapPlace): number {
  if (a.code && b.code) return a.code < b.code ? -1 : 1
  return Number(!a.code) - Number(!b.code) || a.name.localeCompare(b.name, 'zh')
}

function Legend({ bounds, unknown, name }: { bounds: number[]; unknown: boolean; name: string }) {
  const t = useText(words)
  return (
    <ul className="map-legend" aria-label={t('legend')}>
      <li>{name}</li>
      {unknown && (
        <li>
          <span className="map-swatch unknown" /> {t('outside')}
        </li>
      )}
      <li>
        <span className="map-swatch shade-0" /> {t('none')}
      </li>
      {bounds.map((bound, index) => {
        const next = bounds[index + 1]
        const words = next === undefined ? `≥ ${bound}` : next - 1 > bound ? `${bound}–${next - 1}` : String(bound)
        return (
          <li key={bound}>
            <span className={`map-swatch shade-${index + 1}`} /> {words}
          </li>
        )
      })}
    </ul>
  )
}

function Table({ places }: { places: MapPlace[] }) {
  const t = useText(words)
  const { language } = useSettings()
  const address = usePlaceAddress()
  const { what, name } = useWhat()
  const columns: What[] = [...sorts, ...(what in kinds ? [what] : [])]
  return (
    <details className="map-table">
      <summary>{t('table')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
      <section tabIndex={0} aria-label={t('table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('place')}</th>
              <th scope="col">{t('level')}</th>
              {columns.map((one) => (
                <th key={one} scope="col" className="number">
                  {one in kinds ? name : t(one as (typeof sorts)[number])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <tr key={place.id}>
                <th scope="row">
                  <Link to={address(place.id)}>{place.name}</Link>
                </th>
                <td>{place.level && levels[place.level][language]}</td>
                {columns.map((one) => (
                  <td key={one} className="number">
                    {countOf(place, one)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

/** What lies in a place, each with the sentence that says so. */
function Inside({ place }: { place: MapPlace }) {
  const t = useText(words)
  const { what, name } = useWhat()
  const page = usePage(20, 'in')
  const query = useQuery({
    query: InsideDocument,
    variables: { place: place.id, kinds: what in kinds ? [what as Kind] : null, ...page },
  })
  return (
    <aside className="map-inside" aria-label={t('inside', { name: place.name })}>
      <h2>{t('inside', { name: place.name })}</h2>
      <p className="chips">
        <Link className="chip" to={`/entity/${place.id}`}>
          {t('entity')}
        </Link>
        <Link className="chip" to={`/trace?${new URLSearchParams({ from: place.id, direction: 'REACHED_BY' })}`}>
          {t('trace')}
        </Link>
      </p>
      <Loaded query={query} lines={8}>
        {({ entities }) =>
          entities.nodes.length === 0 ? (
            <p className="muted">
              {t('insideNone', { what: what in kinds ? name : t('entities') })}。{t('insideHelp')}
            </p>
          ) : (
            <>
              <ul>
                {entities.nodes
                  .filter(({ id }) => id !== place.id)
                  .map((entity) => (
                    <li key={entity.id}>
                      <KindBadge kind={entity.kind} /> <EntityLink entity={entity} />
                      {entity.claims.nodes.map((claim) => (
                        <div key={claim.id}>
                          <FactLine fact={claim} from={entity.id} />
                        </div>
                      ))}
                    </li>
                  ))}
              </ul>
              <Pager info={entities.pageInfo} total={entities.totalCount} name="in" />
            </>
          )
        }
      </Loaded>
    </aside>
  )
}
