import type { Kind, Modality, Relation, Status } from '../../graphql/graphql'
import { useText } from '../../text'
import { relationEnds, relations, statuses } from '../../vocabulary'
import { TextField } from '../Field'
import type { EntityRef } from '../fragments'
import { Choice, type End, EntityField, ModalityField, PeriodFields } from './fields'
import { words } from './text'

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

/** What stands at the other end: an entity, words or a step of the ladder. */
export function endFor(relation: Relation | '') {
  return relation ? relationEnds[relation].end : 'object'
}

/** The relations that may stand between these ends. */
export function relationsBetween(subject: Kind | undefined, object: Kind | undefined): Relation[] {
  return (Object.keys(relationEnds) as Relation[]).filter((relation) => {
    const { end, subjects, objects } = relationEnds[relation]
    return (!subject || subjects.includes(subject)) && (end !== 'object' || !object || objects.includes(object))
  })
}

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
        <TextField
          label={t('value')}
          value={said.value}
          onChange={(value) => change({ value })}
          maxLength={200}
          required
        />
      )}
      <ModalityField value={said.modality} onChange={(modality) => change({ modality })} />
      <PeriodFields period={said} onChange={change} />
    </>
  )
}
