import { changeSessionKey } from '../session'
import { text, useText } from '../text'

const words = text({
  zh: { key: '密钥', help: '密钥只保留到这个窗口关闭。', use: '使用密钥' },
  en: { key: 'Key', help: 'The key is kept until this window closes.', use: 'Use the key' },
})

/** Takes a key of the server, with which everything is asked from then on. */
export function KeyForm() {
  const t = useText(words)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        changeSessionKey(String(new FormData(event.currentTarget).get('key') ?? '').trim())
      }}
    >
      <p className="muted">{t('help')}</p>
      <label>
        {t('key')} <input name="key" type="password" autoComplete="off" required />
      </label>{' '}
      <button type="submit" className="button">
        {t('use')}
      </button>
    </form>
  )
}
