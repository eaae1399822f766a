import { type ReactNode, useState } from 'react'
import type { CombinedError } from 'urql'
import { Problem } from '../Problem'
import { FormButtons, ReasonField, reasonOf } from './ClaimActions'

type Result = { done?: unknown; error?: CombinedError | undefined }

/** A form in the dialog, which closes when what it does is done. */
export function DialogForm({
  help,
  label,
  wrong,
  busy,
  close,
  send,
  children,
}: {
  help: string
  label: string
  /** Why it cannot be sent as it is. */
  wrong?: string | false
  busy: boolean
  close: () => void
  send: (form: HTMLFormElement, reason: string | null) => Promise<Result>
  children: ReactNode
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
      <p className="muted">{help}</p>
      {children}
      <ReasonField />
      {tried && wrong && <p role="alert">{wrong}</p>}
      {error && <Problem error={error} change />}
      <FormButtons label={label} busy={busy} close={close} />
    </form>
  )
}
