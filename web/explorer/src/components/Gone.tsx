import { useNavigate } from 'react-router'
import type { Kind } from '../graphql/graphql'
import { text, useText } from '../text'
import { Empty } from './Empty'
import { EntityPicker } from './EntityPicker'

const words = text({
  zh: {
    entity: '图谱里没有地址所指的实体',
    place: '图谱里没有地址所指的地方',
    report: '没有地址所指的报告',
    named: '地址里写的是',
    help: '它可能已随报告移除，已合并或拆分，或者地址抄错了。',
    another: '另找一个',
    reports: '全部报告',
  },
  en: {
    entity: 'The address names no entity of this graph',
    place: 'The address names no place of this graph',
    report: 'The address names no report of this graph',
    named: 'The address says',
    help: 'It may have been removed with its report, merged or split, or the address is mistyped.',
    another: 'Find another',
    reports: 'All reports',
  },
})

/** Says that an address names what is not there, or not any more, and how to go on: by default to another's page. */
export function Gone({
  what,
  ids,
  choose,
}: {
  what: 'entity' | 'place' | 'report'
  ids: string[]
  /** Goes on with another entity. */
  choose?: (id: string) => void
}) {
  const t = useText(words)
  const navigate = useNavigate()
  return (
    <Empty title={t(what)} {...(what === 'report' && { action: { to: '/reports', label: t('reports') } })}>
      <p>
        {t('named')}{' '}
        {ids.map((id) => (
          <code key={id}>{id} </code>
        ))}
      </p>
      <p>{t('help')}</p>
      {what !== 'report' && (
        <EntityPicker
          label={t('another')}
          value={null}
          {...(what === 'place' && { kinds: ['PLACE' as Kind] })}
          onChange={(id) => id && (choose ?? ((id: string) => navigate(`/entity/${id}`)))(id)}
        />
      )}
    </Empty>
  )
}
