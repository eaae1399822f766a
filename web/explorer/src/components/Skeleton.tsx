import { text, useText } from '../text'

const words = text({ zh: { loading: '正在载入…' }, en: { loading: 'Loading…' } })

/** Stands where lines are about to be. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useText(words)
  return (
    <div className="skeleton" role="status">
      <span className="hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else
        <span key={i} aria-hidden="true" />
      ))}
    </div>
  )
}
