import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { text, useText } from '../text'

const words = text({
  zh: { messages: '消息', close: '关闭消息' },
  en: { messages: 'Messages', close: 'Close the message' },
})

/** What is told in passing, with what can be done about it. */
export type Message = { text: string; wrong?: boolean; action?: { label: string; run: () => void } }

let shown: Message | undefined
const listeners = new Set<() => void>()

/** Tells something over whatever is shown, in place of what was told before. */
export function notify(message: Message | undefined) {
  shown = message
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The element of the messages: dialogs leave it usable. */
export const toastElement = () => document.querySelector('.toasts') as HTMLElement

/** Shows what notify tells, until it is closed or half a minute is over. What was changed can be undone in the record, too. */
export function Toasts() {
  const t = useText(words)
  const message = useSyncExternalStore(subscribe, () => shown)
  useEffect(() => {
    if (!message) return
    const timer = setTimeout(() => notify(undefined), 30_000)
    return () => clearTimeout(timer)
  }, [message])
  // What is scrolled to its end ends above the message.
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const top = message && box.current?.getBoundingClientRect().top
    document.documentElement.style.setProperty('--toast', `${top ? window.innerHeight - top : 0}px`)
  }, [message])
  return (
    <section className="toasts" aria-label={t('messages')} ref={box}>
      <div role="status">{message && <p className={message.wrong ? 'toast-wrong' : undefined}>{message.text}</p>}</div>
      {message?.action && (
        <button type="button" className="button" onClick={message.action.run}>
          {message.action.label}
        </button>
      )}
      {message && (
        <button type="button" className="button quiet" aria-label={t('close')} onClick={() => notify(undefined)}>
          ×
        </button>
      )}
    </section>
  )
}
