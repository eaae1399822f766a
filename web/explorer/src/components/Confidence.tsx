import { text, useText } from '../text'

const words = text({ zh: { confidence: '可信度 {n}%' }, en: { confidence: 'confidence {n}%' } })

/** How sure something is, from 0 to 1, as a small bar and a number. */
export function Confidence({ value }: { value: number }) {
  const t = useText(words)
  const percent = Math.round(value * 100)
  return (
    <span className="confidence" title={t('confidence', { n: percent })}>
      <span className="hidden">{t('confidence', { n: percent })}</span>
      <span className="confidence-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      <span aria-hidden="true">{percent}%</span>
    </span>
  )
}
