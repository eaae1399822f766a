import { useState } from 'react'
import type { CorrectableFragment, CorrectClaimInput } from '../../graphql/graphql'
import { useText } from '../../text'
import { ChangeForm } from './ChangeForm'
import { ClaimFields, endFor, type Said } from './ClaimFields'
import { endOf, periodOf } from './fields'
import { CorrectDocument } from './queries'
import { words } from './text'
import { useCurate } from './useCurate'

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
  const [said, setSaid] = useState<Said>({
    subject: endOf(claim.subject),
    relation: claim.relation,
    object: endOf(claim.object),
    value: claim.value ?? '',
    status: claim.status ?? '',
    modality: claim.modality,
    from: claim.period?.from ?? '',
    to: claim.period?.to ?? '',
  })
  const { subject, relation, object, value, status, modality, from, to } = said
  const end = endFor(relation)

  const input: CorrectClaimInput = { claim: claim.id }
  if (subject && subject.input.id !== claim.subject?.id) input.subject = subject.input
  if (relation && relation !== claim.relation) input.relation = relation
  if (end === 'object' && object && object.input.id !== claim.object?.id) input.object = object.input
  if (end === 'value' && value.trim() !== claim.value) input.value = value.trim()
  if (end === 'status' && status && status !== claim.status) input.status = status
  if (modality !== claim.modality) input.modality = modality
  if (from !== (claim.period?.from ?? '') || to !== (claim.period?.to ?? '')) input.period = periodOf(said)

  return (
    <ChangeForm
      help={t('correctHelp')}
      label={t('correctDo')}
      wrong={Object.keys(input).length === 1 && t('same')}
      busy={busy}
      close={close}
      send={async (_, reason) => {
        const result = await curate(CorrectDocument, { input: { ...input, reason } }, t('corrected'))
        if (result.done) onDone?.(result.done.claim?.id)
        return result
      }}
    >
      <ClaimFields said={said} onChange={setSaid} />
    </ChangeForm>
  )
}
