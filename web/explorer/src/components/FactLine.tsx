import { useSettings } from '../settings'
import { text, useText } from '../text'
import { annualAverage, hedges, inverses, modalities, relations, stepOf } from '../vocabulary'
import { Confidence } from './Confidence'
import { EntityLink } from './EntityLink'
import { EvidenceButton } from './Evidence'
import type { ClaimLine, FactLineData, ObservationLine } from './fragments'
import { Period } from './Period'

const words = text({
  zh: { list: '共{size}{noun}，此处列出{named}', mismatch: '数字不合', gone: '（已移除）' },
  en: { list: '{named} of {size} {noun}', mismatch: 'does not add up', gone: '(removed)' },
})

/**
 * One claim or observation as a line that opens its sentence. `from` is the entity on whose page it
 * stands, which is not named again; `grouped` leaves out the relation, where it stands above; `bare` leaves out the button, where its sentence is shown already.
 */
export function FactLine({
  fact,
  from,
  grouped,
  bare,
}: {
  fact: FactLineData
  from?: string
  grouped?: boolean
  bare?: boolean
}) {
  const t = useText(words)
  const { language } = useSettings()
  return (
    <span className="fact-line">
      <span className="fact-said">
        {fact.__typename === 'Claim' ? (
          <ClaimWords claim={fact} from={from} grouped={grouped} />
        ) : (
          <ObservationWords observation={fact} from={from} />
        )}
      </span>
      {fact.modality === 'AIM' && <span className="tag">{modalities.AIM[language]}</span>}
      <Period period={fact.period} />
      {fact.__typename === 'Claim' && fact.list && (
        <span className="muted">
          {t('list', { size: fact.list.size, noun: fact.list.noun, named: fact.list.named })}
        </span>
      )}
      {fact.__typename === 'Observation' &&
        fact.checks
          .filter((check) => !check.ok)
          .map((check) => (
            <span key={check.message} className="tag warn" title={check.message}>
              {t('mismatch')}
            </span>
          ))}
      <Confidence value={fact.confidence} />
      {!bare && <EvidenceButton fact={fact.id} />}
    </span>
  )
}

function ClaimWords({
  claim,
  from,
  grouped,
}: {
  claim: ClaimLine
  from?: string | undefined
  grouped?: boolean | undefined
}) {
  const t = useText(words)
  const { language } = useSettings()
  const { subject, object, relation } = claim
  const inverse = from && object?.id === from && subject && subject.id !== from
  const label = !grouped && <span className="relation">{(inverse ? inverses : relations)[relation][language]}</span>
  if (inverse)
    return (
      <>
        {label} <EntityLink entity={subject} />
      </>
    )
  return (
    <>
      {subject?.id !== from && (subject ? <EntityLink entity={subject} /> : t('gone'))} {label}{' '}
      {object ? (
        <EntityLink entity={object} />
      ) : claim.status ? (
        stepOf(claim.status, subject?.kind)[language]
      ) : (
        claim.value
      )}
    </>
  )
}

function ObservationWords({ observation, from }: { observation: ObservationLine; from?: string | undefined }) {
  return (
    <>
      {observation.about && observation.about.id !== from && <EntityLink entity={observation.about} />}{' '}
      {observation.measure} <Amount observation={observation} />
    </>
  )
}

/** The number of an observation as it is said: with its hedge, basis and unit, and whether it is an annual average. */
export function Amount({
  observation,
}: {
  observation: Pick<ObservationLine, 'number' | 'unit' | 'type' | 'hedge' | 'basis' | 'annualAverage'>
}) {
  const { language } = useSettings()
  const { number, unit, type, hedge, basis, annualAverage: average } = observation
  return (
    <span className="amount">
      {average && <span className="muted">{annualAverage[language]} </span>}
      {basis && <span className="muted">{basis} </span>}
      {hedges[hedge][language]}
      <b>
        {type === 'CHANGE' && number > 0 && '+'}
        {number}
        {unit}
      </b>
    </span>
  )
}
