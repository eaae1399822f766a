import { useState } from 'react'
import type { CombinedError } from 'urql'
import { locate, type Span, slice } from '../../codepoints'
import { useText } from '../../text'
import { Field, SelectField } from '../Field'
import type { EntityRef } from '../fragments'
import { Problem } from '../Problem'
import { FormButtons, ReasonField, reasonOf } from './ChangeForm'
import { ClaimFields, endFor, type Said } from './ClaimFields'
import { periodOf } from './fields'
import { AddClaimDocument } from './queries'
import { words } from './text'
import { useCurate } from './useCurate'

/** The sentences of a passage, in code points. */
export function sentencesOf(text: string): Span[] {
  let at = 0
  const sentences = text.match(/[^。！？!?]+[。！？!?]*[”’」』）)]*|[。！？!?]+/gu) ?? []
  return sentences.flatMap((sentence) => {
    const start = at + Array.from(/^\s*/.exec(sentence)?.[0] ?? '').length
    const letters = Array.from(sentence.trim()).length
    at += Array.from(sentence).length
    return letters > 0 ? [{ start, end: start + letters }] : []
  })
}

/** Adds a claim that a passage says. Quotes the words selected, else a sentence of the passage. */
export default function AddForm({
  passage,
  text,
  selected,
  names,
  close,
  onDone,
}: {
  passage: string
  text: string
  selected?: Span | undefined
  /** What the passage names, offered for the ends. */
  names: EntityRef[]
  close: () => void
  onDone: (claim: string, span: Span) => void
}) {
  const t = useText(words)
  const { curate, busy } = useCurate()
  const [error, setError] = useState<CombinedError>()
  const [tried, setTried] = useState(false)
  const sentences = sentencesOf(text)
  const [span, setSpan] = useState<Span>(selected ?? sentences[0] ?? { start: 0, end: Array.from(text).length })
  const [quote, setQuote] = useState(slice(text, span.start, span.end))
  const [said, setSaid] = useState<Said>({
    subject: null,
    relation: '',
    object: null,
    value: '',
    status: '',
    modality: 'FACT',
    from: '',
    to: '',
  })
  const end = endFor(said.relation)
  const wrong = !said.subject || (end === 'object' && !said.object)
  const take = (next: Span) => {
    setSpan(next)
    setQuote(slice(text, next.start, next.end))
  }
  const send = async (reason: string | null) => {
    if (!said.subject || !said.relation) return
    // Words that were changed by hand are sought anew; the server says when they are not there.
    const at = slice(text, span.start, span.end) === quote ? span : locate(text, quote, span)
    const period = periodOf(said)
    const { done, error } = await curate(
      AddClaimDocument,
      {
        input: {
          passage,
          ...(at ?? { quote }),
          subject: said.subject.input,
          relation: said.relation,
          modality: said.modality,
          ...(end === 'object' && { object: said.object?.input }),
          ...(end === 'value' && { value: said.value.trim() }),
          ...(end === 'status' && said.status && { status: said.status }),
          ...(Object.keys(period).length > 0 && { period }),
          reason,
        },
      },
      t('added'),
    )
    if (!done) return setError(error)
    const evidence = done.claim?.evidence.find((one) => one.passage?.id === passage)
    onDone(done.claim?.id ?? '', evidence ?? span)
  }
  const chosen = sentences.findIndex((one) => one.start === span.start && one.end === span.end)
  return (
    <form
      className="curate-form"
      aria-label={t('addTitle')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!wrong) void send(reasonOf(event.currentTarget))
      }}
    >
      <p className="muted">{t('addHelp')}</p>
      {sentences.length > (chosen < 0 ? 0 : 1) && (
        <SelectField
          label={t('sentence')}
          value={String(chosen)}
          options={[
            ...(chosen < 0 || selected ? [{ value: '-1', label: t('other') }] : []),
            ...sentences.map(({ start, end }, i) => ({ value: String(i), label: slice(text, start, end) })),
          ]}
          required
          onChange={(value) => take(sentences[Number(value)] ?? selected ?? span)}
        />
      )}
      <Field label={`${t('quote')} · ${t('quoteHelp')}`}>
        {(id) => (
          <textarea
            id={id}
            className="search-input curate-quote"
            lang="zh-CN"
            required
            rows={3}
            value={quote}
            // biome-ignore lint/a11y/noAutofocus: the form was just asked for
            autoFocus
            onChange={(event) => setQuote(event.target.value)}
          />
        )}
      </Field>
      <ClaimFields said={said} first={names} onChange={setSaid} />
      <ReasonField />
      {tried && wrong && <p role="alert">{t('addEnds')}</p>}
      {error && <Problem error={error} change />}
      <FormButtons label={t('addDo')} busy={busy} close={close} />
    </form>
  )
}
