import { lazy, Suspense, useId, useState } from 'react'
import type { CombinedError } from 'urql'
import type { CorrectableFragment } from '../../graphql/graphql'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { Problem } from '../Problem'
import { Skeleton } from '../Skeleton'
import { useMay } from '../Viewer'
import { ConfirmDocument, RejectDocument } from './queries'
import { curationStates, words } from './text'
import { useCurate } from './useCurate'

const CorrectForm = lazy(() => import('./CorrectForm'))

/** A form that is open under a claim. */
export type OpenForm = 'reject' | 'correct' | undefined

/** What people made of a claim: nothing where nobody decided. */
export function Curation({ claim: { curation } }: { claim: Pick<CorrectableFragment, 'curation'> }) {
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
 * Confirms, rejects or corrects a claim, for editors. `onDone` is told when it was decided on, with the
 * claim that stands in its place. Whoever opens the forms from elsewhere gives `open` and `setOpen`.
 */
export function ClaimActions({
  claim,
  open,
  setOpen,
  onDone,
}: {
  claim: CorrectableFragment
  open: OpenForm
  setOpen: (form: OpenForm) => void
  onDone?: (became?: string) => void
}) {
  const t = useText(words)
  const { curate, failed, busy } = useCurate()
  if (!useMay('EDITOR')) return null
  const confirm = async () => {
    const { done, error } = await curate(ConfirmDocument, { input: { claim: claim.id } }, t('confirmed'))
    if (done) onDone?.()
    else failed(error)
  }
  return (
    <section className="curate" aria-label={t('actions')}>
      <div className="curate-buttons">
        {claim.curation.state !== 'CONFIRMED' && (
          <button type="button" className="button" disabled={busy} onClick={confirm}>
            {t('confirm')}
          </button>
        )}
        {claim.curation.state !== 'REJECTED' &&
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
      {open === 'reject' && <RejectForm claim={claim} close={() => setOpen(undefined)} onDone={onDone} />}
      {open === 'correct' && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <CorrectForm key={claim.id} claim={claim} close={() => setOpen(undefined)} onDone={onDone} />
        </Suspense>
      )}
    </section>
  )
}

function RejectForm({
  claim,
  close,
  onDone,
}: {
  claim: CorrectableFragment
  close: () => void
  onDone?: ((became?: string) => void) | undefined
}) {
  const t = useText(words)
  const { curate, busy } = useCurate()
  const [error, setError] = useState<CombinedError>()
  return (
    <form
      className="curate-form"
      onSubmit={async (event) => {
        event.preventDefault()
        const reason = reasonOf(event.currentTarget)
        const { done, error } = await curate(RejectDocument, { input: { claim: claim.id, reason } }, t('rejected'))
        if (!done) return setError(error)
        close()
        onDone?.()
      }}
    >
      <ReasonField autoFocus />
      {error && <Problem error={error} change />}
      <FormButtons label={t('rejectDo')} busy={busy} close={close} />
    </form>
  )
}

/** The reason that a form was given. */
export function reasonOf(form: HTMLFormElement): string | null {
  return String(new FormData(form).get('reason') ?? '').trim() || null
}

/** Why something is changed. */
export function ReasonField({ autoFocus }: { autoFocus?: boolean }) {
  const t = useText(words)
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t('reason')}
      </label>
      <input
        id={id}
        name="reason"
        className="search-input"
        maxLength={1000}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the form was just asked for
        autoFocus={autoFocus}
      />
    </div>
  )
}

/** What sends a form, and what leaves it. */
export function FormButtons({ label, busy, close }: { label: string; busy: boolean; close: () => void }) {
  const t = useText(words)
  return (
    <div className="curate-buttons">
      <button type="submit" className="button primary" disabled={busy}>
        {label}
      </button>
      <button type="button" className="button quiet" onClick={close}>
        {t('cancel')}
      </button>
    </div>
  )
}
