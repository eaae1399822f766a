import { useId, useState } from 'react'
import type { CombinedError } from 'urql'
import type {
  CorrectableFragment,
  CorrectClaimInput,
  EntityInput,
  Kind,
  Modality,
  Relation,
  Status,
} from '../../graphql/graphql'
import type { Words } from '../../routes'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds, modalities, relations, statuses } from '../../vocabulary'
import { EntityPicker } from '../EntityPicker'
import { Problem } from '../Problem'
import { FormButtons, ReasonField, reasonOf } from './ClaimActions'
import { CorrectDocument } from './queries'
import { words } from './text'
import { useCurate } from './useCurate'

/** Relations whose other end is no entity. */
const ends: Partial<Record<Relation, 'value' | 'status'>> = {
  RECOGNIZED_AS: 'value',
  RANKED: 'value',
  HAS_STATUS: 'status',
}

const day = '[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?'

/** Says what a claim should say instead. */
export default function CorrectForm({
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
  const [same, setSame] = useState(false)
  const [subject, setSubject] = useState<EntityInput | null>(claim.subject ? { id: claim.subject.id } : null)
  const [relation, setRelation] = useState(claim.relation)
  const [object, setObject] = useState<EntityInput | null>(claim.object ? { id: claim.object.id } : null)
  const [status, setStatus] = useState(claim.status ?? null)
  const [modality, setModality] = useState(claim.modality)
  const [value, setValue] = useState(claim.value ?? '')
  const [from, setFrom] = useState(claim.period?.from ?? '')
  const [to, setTo] = useState(claim.period?.to ?? '')
  const end = ends[relation] ?? 'object'

  const input: CorrectClaimInput = { claim: claim.id }
  if (subject && subject.id !== claim.subject?.id) input.subject = subject
  if (relation !== claim.relation) input.relation = relation
  if (end === 'object' && object && object.id !== claim.object?.id) input.object = object
  if (end === 'value' && value.trim() !== claim.value) input.value = value.trim()
  if (end === 'status' && status && status !== claim.status) input.status = status
  if (modality !== claim.modality) input.modality = modality
  if (from !== (claim.period?.from ?? '') || to !== (claim.period?.to ?? ''))
    input.period = { ...(from && { from }), ...(to && { to }) }

  return (
    <form
      className="curate-form"
      onSubmit={async (event) => {
        event.preventDefault()
        setSame(Object.keys(input).length === 1)
        if (Object.keys(input).length === 1) return
        const reason = reasonOf(event.currentTarget)
        const { done, error } = await curate(CorrectDocument, { input: { ...input, reason } }, t('corrected'))
        if (!done) return setError(error)
        close()
        onDone?.(done.claim?.id)
      }}
    >
      <p className="muted">{t('correctHelp')}</p>
      <EntityField label={t('subject')} value={subject} onChange={setSubject} />
      <Choice
        label={t('relation')}
        value={relation}
        words={relations}
        onChange={(next) => setRelation(next as Relation)}
      />
      {end === 'object' && <EntityField label={t('object')} value={object} onChange={setObject} />}
      {end === 'status' && (
        <Choice
          label={t('status')}
          value={status ?? ''}
          words={statuses}
          onChange={(next) => setStatus(next as Status)}
        />
      )}
      {end === 'value' && <Line label={t('value')} value={value} onChange={setValue} maxLength={200} required />}
      <Choice
        label={t('modality')}
        value={modality}
        words={modalities}
        onChange={(next) => setModality(next as Modality)}
      />
      <fieldset className="field-pair" title={t('dateHelp')}>
        <Line label={t('from')} value={from} onChange={setFrom} pattern={day} title={t('dateHelp')} />
        <Line label={t('to')} value={to} onChange={setTo} pattern={day} title={t('dateHelp')} />
      </fieldset>
      <ReasonField />
      {same && <p role="alert">{t('same')}</p>}
      {error && <Problem error={error} change />}
      <FormButtons label={t('correctDo')} busy={busy} close={close} />
    </form>
  )
}

function Choice({
  label,
  value,
  words,
  onChange,
}: {
  label: string
  value: string
  words: Record<string, Words>
  onChange: (value: string) => void
}) {
  const { language } = useSettings()
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="search-input"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {!(value in words) && <option value="" />}
        {Object.entries(words).map(([one, name]) => (
          <option key={one} value={one}>
            {name[language]}
          </option>
        ))}
      </select>
    </div>
  )
}

function Line({
  label,
  onChange,
  ...rest
}: {
  label: string
  value: string
  onChange: (value: string) => void
  maxLength?: number
  pattern?: string
  title?: string
  required?: boolean
}) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="search-input"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
    </div>
  )
}

/** An entity of the graph, or a new one by kind and name. */
function EntityField({
  label,
  value,
  onChange,
}: {
  label: string
  value: EntityInput | null
  onChange: (value: EntityInput | null) => void
}) {
  const t = useText(words)
  const [made, setMade] = useState<{ kind: Kind; name: string }>()
  const change = (next: { kind: Kind; name: string }) => {
    setMade(next)
    onChange({ ...next, name: next.name.trim() })
  }
  return (
    <div className="curate-entity">
      {made ? (
        <fieldset className="field-pair" aria-label={label}>
          <Choice
            label={`${label}: ${t('kind')}`}
            value={made.kind}
            words={kinds}
            onChange={(kind) => change({ ...made, kind: kind as Kind })}
          />
          <Line
            label={`${label}: ${t('name')}`}
            value={made.name}
            onChange={(name) => change({ ...made, name })}
            maxLength={100}
            required
          />
        </fieldset>
      ) : (
        <EntityPicker label={label} value={value?.id ?? null} onChange={(id) => onChange(id ? { id } : null)} />
      )}
      {(made || !value) && (
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            setMade(made ? undefined : { kind: 'PARK' as Kind, name: '' })
            onChange(null)
          }}
        >
          {t(made ? 'pick' : 'make')}
        </button>
      )}
    </div>
  )
}
