import { changeSettings, type ThemeChoice, useSettings } from '../settings'
import { text, useText } from '../text'

const words = text({
  zh: {
    theme: '明暗',
    auto: '跟随系统',
    light: '浅色',
    dark: '深色',
    language: 'English',
    languageHelp: 'Switch to English',
  },
  en: { theme: 'Theme', auto: 'System', light: 'Light', dark: 'Dark', language: '中文', languageHelp: '切换为中文' },
})

/** Language and theme. */
export function Switches() {
  const t = useText(words)
  const { language, themeChoice } = useSettings()
  const next = language === 'zh' ? 'en' : 'zh'
  return (
    <div className="switches">
      <select
        aria-label={t('theme')}
        value={themeChoice}
        onChange={(event) => changeSettings({ themeChoice: event.target.value as ThemeChoice })}
      >
        {(['auto', 'light', 'dark'] as const).map((choice) => (
          <option key={choice} value={choice}>
            {t(choice)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button quiet"
        lang={next === 'zh' ? 'zh-CN' : 'en'}
        title={t('languageHelp')}
        onClick={() => changeSettings({ language: next })}
      >
        {t('language')}
      </button>
    </div>
  )
}
