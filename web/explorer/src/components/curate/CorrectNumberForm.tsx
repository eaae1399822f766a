import { useState } from 'react'
import type { CorrectableNumberFragment, CorrectObservationInput, ObservationType } from '../../graphql/graphql'
import { useText } from '../../text'
import { observationTypes } from '../../vocabulary'
import { TextField } from '../Field'
import { ChangeForm } from './ChangeForm'
import { Choice, EntityField, endOf, ModalityField, PeriodFields, periodOf } from './fields'
import { CorrectNumberDocument } from './queries'
import { words } from './text'
import { useCurate } from './useCurate'

/** Says what a number should be instead. */
export default function CorrectNumberForm({
  number,
  close,
  onDone,
}: {
  number: CorrectableNumberFragment
  close: () => void
  onDone?: ((became?: string) => void) | undefined
}) {
  const t = useText(words)
  const { curate, busy } = useCurate()
  const was = {
    about: endOf(number.about),
    measure: number.measure,
    value: String(number.number),
    unit: number.unit,
    type: number.type,
    annualAverage: number.annualAverage,
    modality: number.modality,
    from: number.period?.from ?? '',
    to: number.period?.to ?? '',
  }
  const [said, setSaid] = useState(was)
  const change = (part: Partial<typeof was>) => setSaid({ ...said, ...part })

  const input: CorrectObservationInput = { observation: number.id }
  if (said.about && said.about.input.id !== number.about?.id) input.about = said.about.input
  if (said.measure.trim() !== was.measure) input.measure = said.measure.trim()
  if (Number(said.value) !== number.number) input.value = Number(said.value)
  if (said.unit.trim() !== was.unit) input.unit = said.unit.trim()
  if (said.type !== was.type) input.type = said.type
  if (said.annualAverage !== was.annualAverage) input.annualAverage = said.annualAverage
  if (said.modality !== was.modality) input.modality = said.modality
  if (said.from !== was.from || said.to !== was.to) input.period = periodOf(said)

  return (
    <ChangeForm
      help={t('correctNumberHelp')}
      label={t('correctDo')}
      wrong={!said.about ? t('noAbout') : Object.keys(input).length === 1 && t('same')}
      busy={busy}
      close={close}
      send={async (_, reason) => {
        const result = await curate(CorrectNumberDocument, { input: { ...input, reason } }, t('corrected'))
        if (result.done) onDone?.(result.done.observation?.id)
        return result
      }}
    >
      <EntityField label={t('about')} value={said.about} onChange={(about) => change({ about })} />
      <TextField
        label={t('measure')}
        value={said.measure}
        onChange={(measure) => change({ measure })}
        maxLength={100}
        required
      />
      <div className="field-pair">
        <TextField
          label={t('number')}
          value={said.value}
          onChange={(value) => change({ value })}
          inputMode="decimal"
          pattern="-?[0-9]{1,15}(\.[0-9]{1,6})?"
          title={t('numberHelp')}
          required
        />
        <TextField label={t('unit')} value={said.unit} onChange={(unit) => change({ unit })} maxLength={20} />
      </div>
      <Choice
        label={t('type')}
        value={said.type}
        words={observationTypes}
        onChange={(type) => change({ type: type as ObservationType })}
      />
      {(said.type === 'CHANGE' || said.annualAverage) && (
        <label>
          <input
            type="checkbox"
            checked={said.annualAverage}
            onChange={(event) => change({ annualAverage: event.target.checked })}
          />{' '}
          {t('annualAverage')}
        </label>
      )}
      <ModalityField value={said.modality} onChange={(modality) => change({ modality })} />
      <PeriodFields period={said} onChange={change} />
    </ChangeForm>
  )
}
