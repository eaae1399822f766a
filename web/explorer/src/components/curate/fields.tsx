import { useState } from 'react'
import type { EntityInput, Kind, Modality, PeriodInput } from '../../graphql/graphql'
import type { Words } from '../../routes'
import { useText } from '../../text'
import { kinds, modalities } from '../../vocabulary'
import { EntityPicker } from '../EntityPicker'
import { SelectField, TextField } from '../Field'
import { useOptions } from '../Filters'
import type { EntityRef } from '../fragments'
import { words } from './text'

// What forms of claims and of numbers have alike.

/** An entity that is spoken of, with its kind. */
export type End = { kind: Kind; input: EntityInput }

/** An entity that is known already. */
export function endOf(entity: EntityRef | null | undefined): End | null {
  return entity ? { kind: entity.kind, input: { id: entity.id } } : null
}

/** A stretch of time as it is being typed. */
type Stretch = { from: string; to: string }

/** The time as the API takes it. */
export function periodOf({ from, to }: Stretch): PeriodInput {
  return { ...(from && { from }), ...(to && { to }) }
}

const day = '[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?'

export function PeriodFields({ period, onChange }: { period: Stretch; onChange: (part: Partial<Stretch>) => void }) {
  const t = useText(words)
  return (
    <fieldset className="field-pair" title={t('dateHelp')}>
      {(['from', 'to'] as const).map((end) => (
        <TextField
          key={end}
          label={t(end)}
          value={period[end]}
          onChange={(date) => onChange({ [end]: date })}
          pattern={day}
          title={t('dateHelp')}
        />
      ))}
    </fieldset>
  )
}

export function ModalityField({ value, onChange }: { value: Modality; onChange: (value: Modality) => void }) {
  const t = useText(words)
  return (
    <Choice label={t('modality')} value={value} words={modalities} onChange={(next) => onChange(next as Modality)} />
  )
}

/** One word of a vocabulary. */
export function Choice({
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
  const options = useOptions()
  // What does not fit any more is to be chosen anew.
  const chosen = value in words ? value : ''
  return <SelectField label={label} value={chosen} options={options(words)} required onChange={onChange} />
}

/** An entity of the graph, or a new one by kind and name. */
export function EntityField({
  label,
  value,
  kinds: admitted = Object.keys(kinds) as Kind[],
  first = [],
  onChange,
}: {
  label: string
  value: End | null
  kinds?: readonly Kind[] | undefined
  first?: EntityRef[]
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
          <TextField
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
