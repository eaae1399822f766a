import type { CombinedError } from 'urql'
import { useSettings } from '../settings'
import { text, useText } from '../text'
import { KeyForm } from './KeyForm'
import { explain } from './problems'

const words = text({
  zh: {
    failed: '没有得到答案',
    unchanged: '没有改成',
    said: '服务器说：',
    code: '代码',
    retry: '重试',
  },
  en: {
    failed: 'There is no answer',
    unchanged: 'Nothing was changed',
    said: 'The server says:',
    code: 'Code',
    retry: 'Try again',
  },
})

/**
 * Shows what went wrong with a question, or with a change: what happened and what to do, then the server's
 * own words and the code.
 */
export function Problem({
  error,
  change = false,
  retry,
}: {
  error: CombinedError
  change?: boolean
  retry?: () => void
}) {
  const t = useText(words)
  const { language } = useSettings()
  const explained = explain(error)
  return (
    <div className="problem" role="alert">
      <h2>{t(change ? 'unchanged' : 'failed')}</h2>
      {explained.map(({ sentence, message, code }) => (
        <div key={`${code} ${message}`}>
          <p>{sentence[language]}</p>
          {message && (
            <p className="muted problem-said">
              {t('said')} <span lang="en">{message}</span>
            </p>
          )}
          {code && (
            <p className="muted problem-said">
              {t('code')}: <code>{code}</code>
            </p>
          )}
        </div>
      ))}
      {explained.some(({ code }) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') && <KeyForm />}
      {retry && (
        <button type="button" className="button" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  )
}
