import { lazy, Suspense } from 'react'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { Skeleton } from '../Skeleton'
import { useMay } from '../Viewer'
import { ChangeForm } from './ChangeForm'
import { curationStates, words } from './text'
import { type Correctable, useJudge } from './useJudge'

const CorrectForm = lazy(() => import('./CorrectForm'))
const CorrectNumberForm = lazy(() => import('./CorrectNumberForm'))

/** A form that is open under a claim or a number. */
export type OpenForm = 'reject' | 'correct' | undefined

/** What people made of a claim or a number: nothing where nobody decided. */
export function Curation({ fact: { curation } }: { fact: Pick<Correctable, 'curation'> }) {
  const t = useText(words)
  const { language } = useSettings()
  if (curation.state === 'UNREVIEWED') return null
  const { change } = curation
  return (
    <span className="curation">
      <span className={curation.state === 'REJECTED' ? 'tag warn' : 'tag'}>
        {curationStates[curation.state][language]}
      </span>{' '}
      {change && (
        <span className="muted">
          {t('judged', { who: change.who, when: new Date(change.when).toLocaleString(language) })}
          {change.why && ` · ${change.why}`}
        </span>
      )}
    </span>
  )
}

/**
 * Confirms, rejects or corrects a claim or a number, for editors. `onDone` is told when it was decided on,
 * with the id of what stands in its place. Whoever opens the forms from elsewhere gives `open` and `setOpen`.
 */
export function FactActions({
  fact,
  open,
  setOpen,
  onDone,
}: {
  fact: Correctable
  open: OpenForm
  setOpen: (form: OpenForm) => void
  onDone?: (became?: string) => void
}) {
  const t = useText(words)
  const { confirm, reject, failed, busy } = useJudge(fact)
  if (!useMay('EDITOR')) return null
  const isClaim = fact.__typename === 'Claim'
  const close = () => setOpen(undefined)
  return (
    <section className="curate" aria-label={t(isClaim ? 'actions' : 'numberActions')}>
      <div className="curate-buttons">
        {fact.curation.state !== 'CONFIRMED' && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={async () => {
              const { done, error } = await confirm()
              if (done) onDone?.()
              else failed(error)
            }}
          >
            {t('confirm')}
          </button>
        )}
        {fact.curation.state !== 'REJECTED' &&
          (['reject', 'correct'] as const).map((form) => (
            <button
              key={form}
              type="button"
              className="button"
              aria-expanded={open === form}
              disabled={busy}
              onClick={() => setOpen(open === form ? undefined : form)}
            >
              {t(form)}…
            </button>
          ))}
      </div>
      {open === 'reject' && (
        <ChangeForm
          label={t(isClaim ? 'rejectDo' : 'rejectNumber')}
          busy={busy}
          close={close}
          send={async (_, reason) => {
            const result = await reject(reason)
            if (result.done) onDone?.()
            return result
          }}
        />
      )}
      {open === 'correct' && (
        <Suspense fallback={<Skeleton lines={4} />}>
          {isClaim ? (
            <CorrectForm key={fact.id} claim={fact} close={close} onDone={onDone} />
          ) : (
            <CorrectNumberForm key={fact.id} number={fact} close={close} onDone={onDone} />
          )}
        </Suspense>
      )}
    </section>
  )
}
