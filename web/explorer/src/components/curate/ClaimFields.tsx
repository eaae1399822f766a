import { useId, useState } from 'react'
import type { EntityInput, Kind, Modality, PeriodInput, Relation, Status } from '../../graphql/graphql'
import type { Words } from '../../routes'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds, modalities, relationEnds, relations, statuses } from '../../vocabulary'
import { EntityPicker } from '../EntityPicker'
import type { EntityRef } from '../fragments'
import { words } from './text'

/** One end of a claim, with its kind. */
export type End = { kind: Kind; input: EntityInput }

/** What a claim is being made to say. */
export type Said = {
  subject: End | null
  relation: Relation | ''
  object: End | null
  value: string
  status: Status | ''
  modality: Modality
  from: string
  to: string
}

/** An entity that is known already. */
export function endOf(entity: EntityRef | null | undefined): End | null {
  return entity ? { kind: entity.kind, input: { id: entity.id } } : null
}

/** What stands at the other end: an entity, words or a step of the ladder. */
export function endFor(relation: Relation | '') {
  return relation ? relationEnds[relation].end : 'object'
}

/** The time as the API takes it. */
export function periodOf({ from, to }: Said): PeriodInput {
  return { ...(from && { from }), ...(to && { to }) }
}

/** The relations that may stand between these ends. */
export function relationsBetween(subject: Kind | undefined, object: Kind | undefined): Relation[] {
  return (Object.keys(relationEnds) as Relation[]).filter((relation) => {
    const { end, subjects, objects } = relationEnds[relation]
    return (!subject || subjects.includes(subject)) && (end !== 'object' || !object || objects.includes(object))
  })
}

const day = '[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?'

/** The fields of a claim: both ends, what is said of them, and when. Until something is typed, ends offer `first`. */
export function ClaimFields({
  said,
  first = [],
  onChange,
}: {
  said: Said
  first?: EntityRef[]
  onChange: (said: Said) => void
}) {
  const t = useText(words)
  const { relation } = said
  const admitted = relation ? relationEnds[relation] : undefined
  const change = (part: Partial<Said>) => onChange({ ...said, ...part })
  const possible = relationsBetween(said.subject?.kind, said.object?.kind)
  return (
    <>
      <EntityField
        label={t('subject')}
        value={said.subject}
        kinds={admitted?.subjects}
        first={first}
        onChange={(subject) => change({ subject })}
      />
      <Choice
        label={t('relation')}
        value={relation}
        words={Object.fromEntries(possible.map((one) => [one, relations[one]]))}
        onChange={(next) => change({ relation: next as Relation })}
      />
      {possible.length === 0 && <p role="alert">{t('noRelation')}</p>}
      {endFor(relation) === 'object' && (
        <EntityField
          label={t('object')}
          value={said.object}
          kinds={admitted?.objects}
          first={first}
          onChange={(object) => change({ object })}
        />
      )}
      {endFor(relation) === 'status' && (
        <Choice
          label={t('status')}
          value={said.status}
          words={statuses}
          onChange={(next) => change({ status: next as Status })}
        />
      )}
      {endFor(relation) === 'value' && (
        <Line label={t('value')} value={said.value} onChange={(value) => change({ value })} maxLength={200} required />
      )}
      <Choice
        label={t('modality')}
        value={said.modality}
        words={modalities}
        onChange={(next) => change({ modality: next as Modality })}
      />
      <fieldset className="field-pair" title={t('dateHelp')}>
        <Line
          label={t('from')}
          value={said.from}
          onChange={(from) => change({ from })}
          pattern={day}
          title={t('dateHelp')}
        />
        <Line label={t('to')} value={said.to} onChange={(to) => change({ to })} pattern={day} title={t('dateHelp')} />
      </fieldset>
    </>
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
  kinds: admitted = Object.keys(kinds) as Kind[],
  first,
  onChange,
}: {
  label: string
  value: End | null
  kinds?: readonly Kind[] | undefined
  first: EntityRef[]
  onChange: (value: End | null) => void
}) {
  const t = useText(words)
  const [made, setMade] = useState<{ kind: Kind; name: string }>()
  const change = (next: { kind: Kind; name: string }) => {
    setMade(next)
    onChange({ kind: next.kind, input: { ...next, name: next.name.trim() } })
  }
  return (
    <div className="curate-entity">
      {made ? (
        <fieldset className="field-pair" aria-label={label}>
          <Choice
            label={`${label}: ${t('kind')}`}
            value={made.kind}
            words={Object.fromEntries(admitted.map((kind) => [kind, kinds[kind]]))}
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
        <EntityPicker
          label={label}
          value={value?.input.id ?? null}
          kinds={admitted}
          first={first}
          onChange={(_, entity) => onChange(endOf(entity))}
        />
      )}
      {(made || !value) && (
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            setMade(made ? undefined : { kind: admitted[0] as Kind, name: '' })
            onChange(null)
          }}
        >
          {t(made ? 'pick' : 'make')}
        </button>
      )}
    </div>
  )
}
