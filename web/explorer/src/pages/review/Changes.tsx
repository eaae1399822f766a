import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../address'
import { useCurate } from '../../components/curate/useCurate'
import { Empty } from '../../components/Empty'
import { EntityLink } from '../../components/EntityLink'
import { EvidenceButton } from '../../components/Evidence'
import { Filters, SelectFilter, TextFilter, useOptions } from '../../components/Filters'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { useMay } from '../../components/Viewer'
import type { ChangeKind, ChangesQuery } from '../../graphql/graphql'
import type { Words } from '../../routes'
import { type Language, useSettings } from '../../settings'
import { useText } from '../../text'
import { annualAverage, changeKinds, modalities, observationTypes, relations, statuses } from '../../vocabulary'
import { ChangesDocument } from './queries'
import { words } from './text'

type Change = ChangesQuery['changes']['nodes'][number]

const names = ['kind', 'who', 'since', 'standing', 'claim', 'observation', 'entity', 'report']

/** What people changed, the latest first, to be undone. */
export function Changes() {
  const t = useText(words)
  const options = useOptions()
  const { params } = useAddress()
  const page = usePage(20)
  const kind = params.get('kind')
  const standing = params.get('standing')
  const query = useQuery({
    query: ChangesDocument,
    variables: {
      filter: {
        kinds: kind ? [kind as ChangeKind] : null,
        who: params.get('who'),
        since: params.get('since'),
        standing: standing ? standing === 'true' : null,
        claim: params.get('claim'),
        observation: params.get('observation'),
        entity: params.get('entity'),
        report: params.get('report'),
      },
      ...page,
    },
  })
  return (
    <>
      <Filters names={names}>
        <SelectFilter name="kind" label={t('kind')} options={options(changeKinds)} />
        <TextFilter name="who" label={t('who')} />
        <TextFilter
          name="since"
          label={t('since')}
          placeholder="2025-01-31"
          pattern={/^[12]\d{3}(-\d{2}(-\d{2})?)?$/}
        />
        <SelectFilter
          name="standing"
          label={t('standing')}
          options={[
            { value: 'true', label: t('stands') },
            { value: 'false', label: t('undone') },
          ]}
        />
      </Filters>
      <Loaded query={query} lines={8}>
        {({ changes }) =>
          changes.totalCount === 0 ? (
            <Empty title={t('noChanges')} action={{ to: '/review', label: t('toQueue') }}>
              {t('noChangesHelp')}
            </Empty>
          ) : (
            <>
              <ol className="review-changes">
                {changes.nodes.map((change) => (
                  <ChangeLine key={change.id} change={change} />
                ))}
              </ol>
              <Pager info={changes.pageInfo} total={changes.totalCount} />
            </>
          )
        }
      </Loaded>
    </>
  )
}

const vocabulary: Record<string, Words> = {
  ...relations,
  ...statuses,
  ...modalities,
  ...observationTypes,
  ANNUAL_AVERAGE: annualAverage,
}

/** What a change tells of a claim, its relation, status and modality in the reader's words. */
function inWords(claim: string, language: Language): string {
  return claim.replace(/[A-Z_]{3,}/g, (name) => vocabulary[name]?.[language] ?? name)
}

function ChangeLine({ change }: { change: Change }) {
  const t = useText(words)
  const { language } = useSettings()
  const { undo, busy } = useCurate()
  const { undoes, undoneBy } = change
  const kind = undoes?.kind ?? change.kind
  const may = useMay(kind === 'LOAD_REPORT' || kind === 'REMOVE_REPORT' ? 'ADMIN' : 'EDITOR')
  const fact = [change, undoes].map((one) => one?.becameObservation ?? one?.became ?? one?.observation ?? one?.claim)
  const judged = fact.find(Boolean)?.id
  const time = (when: string) => new Date(when).toLocaleString(language)
  return (
    <li data-undone={undoneBy ? true : undefined}>
      <div className="review-change">
        <b>{changeKinds[change.kind][language]}</b>
        <span className="muted">{t('when', { who: change.who, when: time(change.when) })}</span>
        {may && !undoneBy && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => undo(change.id, change.kind === 'UNDO')}
          >
            {t(change.kind === 'UNDO' ? 'redo' : 'undo')}
          </button>
        )}
      </div>
      {undoes && (
        <div className="muted">
          {t('undid')}
          {changeKinds[undoes.kind][language]}
        </div>
      )}
      {change.before && (
        <div>
          {change.before !== change.after && <span className="muted">{t('before')}</span>}{' '}
          {inWords(change.before, language)}
        </div>
      )}
      {change.after && change.after !== change.before && (
        <div>
          <span className="muted">{t('after')}</span> {inWords(change.after, language)}
        </div>
      )}
      {change.why && (
        <div>
          <span className="muted">{t('why')}</span>
          {change.why}
        </div>
      )}
      <div className="review-links">
        {judged && <EvidenceButton fact={judged} />}
        {change.entity && <EntityLink entity={change.entity} />}
        {change.splitOff && <EntityLink entity={change.splitOff} />}
        {change.report ? <Link to={`/report/${change.report.id}`}>{change.report.title}</Link> : change.file}
      </div>
      {undoneBy && <div className="muted">{t('undoneBy', { who: undoneBy.who, when: time(undoneBy.when) })}</div>}
    </li>
  )
}
