import { Link } from 'react-router'
import { KindBadge } from '../../components/KindBadge'
import { tourAddress } from '../../components/tourState'
import type { Kind } from '../../graphql/graphql'
import { routes } from '../../routes'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { inverses, relations, statuses } from '../../vocabulary'
import { kindMeanings, relationMeanings, views, words } from './text'
import './help.css'

const sections = ['tour', 'views', 'confidence', 'quote', 'keys', 'glossary', 'api'] as const

/** What each view is for, and what the words mean. */
export default function HelpPage() {
  const t = useText(words)
  const { language } = useSettings()
  const heading = (section: (typeof sections)[number]) => <h2 id={section}>{t(section)}</h2>
  return (
    <article className="help">
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <nav aria-label={t('contents')}>
        <ul className="chips">
          {sections.map((section) => (
            <li key={section}>
              <a className="chip" href={`#${section}`}>
                {t(section)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {heading('tour')}
      <p>{t('tourHelp')}</p>
      <Link className="button primary" to={tourAddress()}>
        {t('start')}
      </Link>
      {heading('views')}
      <dl className="help-list">
        {routes.map(({ path, page, nav }) => {
          const said = views[page]
          return (
            nav &&
            said && (
              <div key={path}>
                <dt>
                  <Link to={path}>{nav[language]}</Link>
                </dt>
                <dd>{said[language]}</dd>
              </div>
            )
          )
        })}
      </dl>
      {heading('confidence')}
      <p>{t('confidence1')}</p>
      <p>{t('confidence2')}</p>
      <p>{t('confidence3')}</p>
      {heading('quote')}
      <ol>
        <li>{t('quote1')}</li>
        <li>{t('quote2')}</li>
        <li>{t('quote3')}</li>
      </ol>
      {heading('keys')}
      <h3>{t('everywhere')}</h3>
      <Keys
        rows={[
          ['/', t('slash')],
          ['Esc', t('escape')],
          ['Tab', t('tab')],
          ['↑ ↓', t('arrows')],
        ]}
      />
      <h3>{t('inReview')}</h3>
      <Keys
        rows={[
          ['Y', t('y')],
          ['N', t('n')],
          ['E', t('e')],
          ['J K', t('jk')],
          ['Esc', t('leave')],
        ]}
      />
      {heading('glossary')}
      <h3>{t('kinds')}</h3>
      <dl className="help-list">
        {Object.entries(kindMeanings).map(([kind, meaning]) => (
          <div key={kind}>
            <dt>
              <KindBadge kind={kind as Kind} />
            </dt>
            <dd>{meaning[language]}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('relations')}</h3>
      <dl className="help-list">
        {Object.entries(relations).map(([relation, name]) => {
          const key = relation as keyof typeof relations
          const inverse = inverses[key][language]
          return (
            <div key={relation}>
              <dt>
                <Link to={`/tables/claims?${new URLSearchParams({ relation })}`}>{name[language]}</Link>
              </dt>
              <dd>
                {relationMeanings[key][language]}
                {inverse && inverse !== name[language] && (
                  <span className="muted"> · {t('reads', { name: inverse })}</span>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      <h3>{t('statuses')}</h3>
      <p>
        {Object.values(statuses)
          .map((status) => status[language])
          .join(language === 'zh' ? '、' : ', ')}
      </p>
      {heading('api')}
      <p>{t('api1')}</p>
      <p>
        <a href="/graphiql">{t('graphiql')}</a>
      </p>
      <p>{t('api2')}</p>
      <pre>
        <code>{"lantu query '{ parks { nodes { name } } }'"}</code>
      </pre>
      <h3>{t('licences')}</h3>
      <p>
        {t('licences1')} <a href="/licences.txt">{t('licencesHere')}</a>
        {' · '}
        <a href="/graphiql/licences.txt">GraphiQL</a>
        {' · '}
        <code>lantu licenses</code>
      </p>
    </article>
  )
}

function Keys({ rows }: { rows: [string, string][] }) {
  return (
    <dl className="help-list">
      {rows.map(([keys, does]) => (
        <div key={keys}>
          <dt>
            {keys.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  )
}
