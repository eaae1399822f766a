import { Link, useLocation, useSearchParams } from 'react-router'
import { useAddress } from '../address'
import { text, useText } from '../text'

const words = text({
  zh: {
    some: '地址中有用不上的部分，现在显示的是不带它时的内容：',
    unknown: '这个页面没有这一项',
    value: '不能是这个值',
    options: '可以是 {options}',
    clear: '从地址中去掉',
  },
  en: {
    some: 'A part of the address could not be used; what is shown is as without it:',
    unknown: 'this page has no such parameter',
    value: 'it cannot be this',
    options: 'it may be {options}',
    clear: 'Take it out of the address',
  },
})

/** A part of an address that was not used, and why. */
export type Part = { name: string; value: string; why: string }

/** Says which parts of the address were not used, and leads to the same without them. */
export function Unused({ parts }: { parts: Part[] }) {
  const t = useText(words)
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  if (parts.length === 0) return null
  const kept = new URLSearchParams(
    [...params].filter(([name, value]) => !parts.some((part) => part.name === name && part.value === value)),
  )
  return (
    <aside className="note unused" role="note">
      {t('some')}
      <ul>
        {parts.map(({ name, value, why }) => (
          <li key={`${name} ${value}`}>
            <code>
              {name}={value}
            </code>{' '}
            {why}
          </li>
        ))}
      </ul>
      <Link to={`${pathname}${kept.size > 0 ? `?${kept}` : ''}`} replace preventScrollReset>
        {t('clear')}
      </Link>
    </aside>
  )
}

/** The same for what no page of this address could use. */
export function UnusedAddress() {
  const t = useText(words)
  const { unusable } = useAddress()
  return (
    <Unused
      parts={unusable.map(({ name, value, known, options }) => ({
        name,
        value,
        why: !known ? t('unknown') : options ? t('options', { options: options.join(' / ') }) : t('value'),
      }))}
    />
  )
}
