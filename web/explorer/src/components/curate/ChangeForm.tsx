import { type ReactNode, useState } from 'react'
import type { CombinedError } from 'urql'
import { useText } from '../../text'
import { TextField } from '../Field'
import { Problem } from '../Problem'
import { words } from './text'

type Result = { done?: unknown; error?: CombinedError | undefined }

/** A form that makes a change for a reason, and closes when that is done. */
export function ChangeForm({
  help,
  label,
  wrong,
  busy,
  close,
  send,
  children,
}: {
  help?: string
  label: string
  /** Why it cannot be sent as it is. */
  wrong?: string | false
  busy: boolean
  close: () => void
  send: (form: HTMLFormElement, reason: string | null) => Promise<Result>
  children?: ReactNode
}) {
  const [error, setError] = useState<CombinedError>()
  const [tried, setTried] = useState(false)
  return (
    <form
      className="curate-form"
      onSubmit={async (event) => {
        event.preventDefault()
        setTried(true)
        if (wrong) return
        const { done, error } = await send(event.currentTarget, reasonOf(event.currentTarget))
        if (done) close()
        else setError(error)
      }}
    >
      {help && <p className="muted">{help}</p>}
      {children}
      <ReasonField autoFocus={!children} />
      {tried && wrong && <p role="alert">{wrong}</p>}
      {error && <Problem error={error} change />}
      <FormButtons label={label} busy={busy} close={close} />
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
  return <TextField label={t('reason')} name="reason" maxLength={1000} autoFocus={autoFocus} />
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
