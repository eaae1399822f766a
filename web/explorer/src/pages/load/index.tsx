import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { type CombinedError, useClient, useMutation, useQuery, useSubscription } from 'urql'
import { useAddress } from '../../address'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Pager, usePage } from '../../components/Pager'
import { Problem } from '../../components/Problem'
import { faults } from '../../components/problems'
import { Needs } from '../../components/Viewer'
import type { JobFieldsFragment, JobFilesFragment, JobState } from '../../graphql/graphql'
import { graphChanged } from '../../query'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { jobStates } from '../../vocabulary'
import { dropped } from './dropped'
import { CancelJobDocument, JobDocument, JobProgressDocument, JobsDocument, LoadReportDocument } from './queries'
import { words } from './text'
import './load.css'

/** Files the server takes at once. */
const most = 100
const types = '.txt,.text,.html,.htm,.xhtml,.shtml,.pdf,.docx,.zip'

export default function LoadPage() {
  const t = useText(words)
  const { params } = useAddress()
  const job = params.get('job')
  return (
    <div className="load">
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <Needs least="ADMIN">
        <p className="load-intro">{t('intro')}</p>
        {job ? <JobView key={job} id={job} /> : <Chooser />}
        <EarlierJobs current={job} />
      </Needs>
    </div>
  )
}

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(0)} KiB`
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}

/** Files are chosen or dropped, looked over, and sent. */
function Chooser() {
  const t = useText(words)
  const client = useClient()
  const { change } = useAddress()
  const [files, setFiles] = useState<File[]>([])
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<{ stop: () => void }>()
  const [error, setError] = useState<CombinedError>()
  useEffect(() => () => sending?.stop(), [sending])

  const add = (more: File[]) =>
    setFiles((now) => [
      ...now,
      ...more.filter((file) => !now.some((one) => one.name === file.name && one.size === file.size)),
    ])
  const send = (reason: string) => {
    setError(undefined)
    const { unsubscribe } = client
      .mutation(LoadReportDocument, { files, reason: reason || null })
      .subscribe((result) => {
        setSending(undefined)
        if (result.data?.loadReport) change({ job: result.data.loadReport.id })
        else setError(result.error)
      })
    setSending({ stop: unsubscribe })
  }
  const size = formatSize(files.reduce((sum, file) => sum + file.size, 0))
  if (sending)
    return (
      <section className="load-panel">
        <p role="status">{t('sending', { n: files.length, size })}</p>
        <progress aria-label={t('sending', { n: files.length, size })} />
        <button
          type="button"
          className="button"
          onClick={() => {
            sending.stop()
            setSending(undefined)
          }}
        >
          {t('stopSending')}
        </button>
      </section>
    )
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a mouse */}
      <div
        className="load-drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={async (event) => {
          event.preventDefault()
          setOver(false)
          add(await dropped(event.dataTransfer.items))
        }}
      >
        <label className="button primary">
          {t('choose')}
          <input
            type="file"
            className="hidden"
            multiple
            accept={types}
            onChange={(event) => {
              add([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
        </label>
        <span className="muted">{t('drop')}</span>
      </div>
      {error && (
        <>
          <Problem error={error} change />
          {error.networkError && <p className="load-hint">{t('notSent')}</p>}
        </>
      )}
      {files.length > 0 && (
        <form
          className="load-panel"
          onSubmit={(event) => {
            event.preventDefault()
            send(String(new FormData(event.currentTarget).get('reason') ?? '').trim())
          }}
        >
          <h2>{t('chosen')}</h2>
          <ul className="load-chosen">
            {files.map((file) => (
              <li key={`${file.name} ${file.size}`}>
                <span>{file.name}</span>
                <span className="muted">{formatSize(file.size)}</span>
                <button
                  type="button"
                  className="button quiet"
                  aria-label={t('remove', { name: file.name })}
                  onClick={() => setFiles(files.filter((one) => one !== file))}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <label className="field">
            <span className="field-label">{t('reason')}</span>
            <input name="reason" className="search-input" maxLength={1000} autoComplete="off" />
          </label>
          {files.length > most && (
            <p className="load-hint" role="alert">
              {t('tooMany', { most, n: files.length })}
            </p>
          )}
          <button type="submit" className="button primary" disabled={files.length > most}>
            {t('send', { n: files.length })}
          </button>
        </form>
      )}
    </>
  )
}

/** Asks a query again and again while something goes on. */
function useAgain(
  [{ fetching }, again]: [{ fetching: boolean }, (how: { requestPolicy: 'network-only' }) => void],
  goes: boolean,
) {
  useEffect(() => {
    if (!goes || fetching) return
    const timer = setTimeout(() => again({ requestPolicy: 'network-only' }), 700)
    return () => clearTimeout(timer)
  }, [goes, fetching, again])
}

const atWork = (state: JobState) => state === 'QUEUED' || state === 'RUNNING'

/** One job, as it goes on, and what became of each of its files. */
function JobView({ id }: { id: string }) {
  const t = useText(words)
  const { params } = useAddress()
  const page = usePage(50)
  const state = params.get('state')
  const states = state ? [state as JobState] : null
  const query = useQuery({ query: JobDocument, variables: { id, states, ...page } })
  const [{ data }] = query
  const going = data?.job ? atWork(data.job.state) : false
  const [live] = useSubscription({ query: JobProgressDocument, variables: { id, states, ...page }, pause: !going })
  // Where nothing is streamed, the job is asked for again and again; once more when it has ended, too.
  useAgain(query, going && !live.fetching)
  const ended = data?.job ? !going : false
  useEffect(() => {
    if (ended) graphChanged()
  }, [ended])
  return (
    <Loaded query={query} lines={6}>
      {({ job: asked }) => {
        const job = (going && live.data?.jobProgress) || asked
        return job ? (
          <section className="load-panel" aria-label={t('job')}>
            <JobHead job={job} />
            <Files job={job} files={job.files} states={states} />
          </section>
        ) : (
          <Empty title={t('gone')} action={{ to: '/load', label: t('newLoad') }}>
            {t('goneHelp')}
          </Empty>
        )
      }}
    </Loaded>
  )
}

function JobHead({ job }: { job: JobFieldsFragment }) {
  const t = useText(words)
  const { language } = useSettings()
  const [cancelled, cancel] = useMutation(CancelJobDocument)
  const going = atWork(job.state)
  return (
    <>
      <h2>
        {t('job')} <StateTag state={job.state} />
      </h2>
      <p className="muted">
        {t('by', { who: job.startedBy, when: new Date(job.createdAt).toLocaleString(language) })}
        {job.reason && ` · ${job.reason}`}
      </p>
      <progress max={job.total} value={job.finished} aria-label={t('job')} />
      <p role="status">
        {t('progress', { finished: job.finished, total: job.total })}
        {job.failed > 0 && <span className="load-failed"> · {t('failures', { n: job.failed })}</span>}
      </p>
      {cancelled.error && <Problem error={cancelled.error} change />}
      {going ? (
        <p>
          <button type="button" className="button" onClick={() => cancel({ id: job.id })} disabled={cancelled.fetching}>
            {t('cancel')}
          </button>{' '}
          <span className="muted">{t('cancelHelp')}</span>
        </p>
      ) : (
        <p className="load-next">
          {t('next')} <Link to="/">{t('search')}</Link>
          <Link to="/review">{t('review')}</Link>
          <Link to="/load">{t('newLoad')}</Link>
        </p>
      )}
    </>
  )
}

function StateTag({ state }: { state: JobState }) {
  const { language } = useSettings()
  return <span className={state === 'FAILED' ? 'tag warn' : 'tag'}>{jobStates[state][language]}</span>
}

function Files({
  job,
  files,
  states,
}: {
  job: JobFieldsFragment
  files: JobFilesFragment | null | undefined
  states: JobState[] | null
}) {
  const t = useText(words)
  const { language } = useSettings()
  const { change } = useAddress()
  if (!files) return null
  return (
    <>
      {(job.failed > 0 || states) && (
        <p>
          <button type="button" className="button" onClick={() => change({ state: states ? null : 'FAILED' })}>
            {states ? t('allFiles') : t('onlyFailed')}
          </button>
        </p>
      )}
      {files.nodes.length === 0 && <p className="muted">{t('noFailed')}</p>}
      <ul className="load-files">
        {files.nodes.map((file) => (
          <li key={file.name}>
            <div>
              <StateTag state={file.state} />{' '}
              {file.report ? <Link to={`/report/${file.report.id}`}>{file.report.title}</Link> : <b>{file.name}</b>}
            </div>
            {file.report && <div className="muted">{file.name}</div>}
            {file.unchanged && <div className="muted">{t('unchanged')}</div>}
            {file.state === 'DONE' && !file.report && <div className="muted">{t('removed')}</div>}
            {file.entityCount !== null && (
              <div>
                {t('foundWhat', {
                  entities: file.entityCount ?? 0,
                  claims: file.claimCount ?? 0,
                  observations: file.observationCount ?? 0,
                })}
              </div>
            )}
            {file.error && (
              <div className="load-failed">
                {file.error.fault ? faults[file.error.fault][language] : t('internal')}
                <div className="muted">
                  {t('said')} <span lang="en">{file.error.message}</span>{' '}
                  <code>{file.error.fault ?? file.error.code}</code>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
      <Pager info={files.pageInfo} total={files.totalCount} />
    </>
  )
}

// A list without jobs is asked anew, too, when there is one.
const ofJobs = { additionalTypenames: ['Job'] }

function EarlierJobs({ current }: { current: string | null }) {
  const t = useText(words)
  const { language } = useSettings()
  const page = usePage(10, 'jobs')
  const query = useQuery({ query: JobsDocument, variables: page, context: ofJobs })
  useAgain(query, query[0].data?.jobs.nodes.some(({ state }) => atWork(state)) ?? false)
  return (
    <section className="load-jobs">
      <h2>{t('jobs')}</h2>
      <Loaded query={query}>
        {({ jobs }) =>
          jobs.totalCount === 0 ? (
            <p className="muted">{t('noJobs')}</p>
          ) : (
            <>
              <ul className="load-files">
                {jobs.nodes.map((job) => (
                  <li key={job.id}>
                    <Link to={`/load?job=${job.id}`} aria-current={job.id === current ? 'true' : undefined}>
                      {new Date(job.createdAt).toLocaleString(language)}
                    </Link>{' '}
                    <StateTag state={job.state} /> {t('files', { n: job.total })}
                    {job.failed > 0 && <span className="load-failed"> · {t('failures', { n: job.failed })}</span>}
                    <div className="muted">{[job.startedBy, job.reason].filter(Boolean).join(' · ')}</div>
                  </li>
                ))}
              </ul>
              <Pager info={jobs.pageInfo} total={jobs.totalCount} name="jobs" />
            </>
          )
        }
      </Loaded>
    </section>
  )
}
