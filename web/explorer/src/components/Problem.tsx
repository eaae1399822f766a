import type { CombinedError } from 'urql'
import { text, useText } from '../text'
import { KeyForm } from './KeyForm'

const words = text({
  zh: {
    failed: '没有得到答案',
    network: '服务器没有应答：它可能已停止，或网络中断。',
    code: '代码',
    retry: '重试',
    keyHelp: '这需要密钥。',
  },
  en: {
    failed: 'There is no answer',
    network: 'The server does not answer: it may have stopped, or the network is down.',
    code: 'Code',
    retry: 'Try again',
    keyHelp: 'This takes a key.',
  },
})

/** The code of the first of an answer's errors. */
export function codeOf(error: CombinedError): string | undefined {
  const code = error.graphQLErrors[0]?.extensions?.code
  return typeof code === 'string' ? code : undefined
}

/** Shows what went wrong with a question, in the server's words and with its code. */
export function Problem({ error, retry }: { error: CombinedError; retry?: () => void }) {
  const t = useText(words)
  const code = codeOf(error)
  return (
    <div className="problem" role="alert">
      <h2>{t('failed')}</h2>
      {error.graphQLErrors.length > 0 ? (
        error.graphQLErrors.map((one) => <p key={one.message}>{one.message}</p>)
      ) : (
        <p>{t('network')}</p>
      )}
      {code && (
        <p className="muted">
          {t('code')}: <code>{code}</code>
        </p>
      )}
      {(code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') && (
        <>
          <p>{t('keyHelp')}</p>
          <KeyForm />
        </>
      )}
      {retry && (
        <button type="button" className="button" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  )
}
