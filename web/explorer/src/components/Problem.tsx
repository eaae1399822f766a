import type { CombinedError } from 'urql'
import { changeSessionKey } from '../session'
import { text, useText } from '../text'

const words = text({
  zh: {
    failed: '没有得到答案',
    network: '服务器没有应答：它可能已停止，或网络中断。',
    code: '代码',
    retry: '重试',
    key: '密钥',
    keyHelp: '这个服务器需要密钥。密钥只保留到这个窗口关闭。',
    useKey: '使用密钥',
  },
  en: {
    failed: 'There is no answer',
    network: 'The server does not answer: it may have stopped, or the network is down.',
    code: 'Code',
    retry: 'Try again',
    key: 'Key',
    keyHelp: 'This server asks for a key. It is kept until this window closes.',
    useKey: 'Use the key',
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
        <form
          onSubmit={(event) => {
            event.preventDefault()
            changeSessionKey(String(new FormData(event.currentTarget).get('key') ?? '').trim())
          }}
        >
          <p>{t('keyHelp')}</p>
          <label>
            {t('key')} <input name="key" type="password" autoComplete="off" required />
          </label>{' '}
          <button type="submit" className="button">
            {t('useKey')}
          </button>
        </form>
      )}
      {retry && (
        <button type="button" className="button" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  )
}
