import type { ReactNode } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../query'
import type { Words } from '../routes'
import { useSettings } from '../settings'
import { text, useText } from '../text'
import { Empty } from './Empty'
import { useMay } from './Viewer'

const words = text({
  zh: {
    title: '还没有报告',
    load: '导入报告',
    how: '如何取得导入的权限',
    here: '先导入报告：在这里，或在命令行里：',
    elsewhere:
      '先导入报告。您现在的角色不能在网页里导入：请在运行服务器的机器上先停下它，用命令行导入后再启动；或向管理服务器的人要一个密钥。',
  },
  en: {
    title: 'There are no reports yet',
    load: 'Load reports',
    how: 'How to get the role for it',
    here: 'Load reports first: here, or on the command line:',
    elsewhere:
      'Load reports first. Your role may not do it in the browser: stop the server on its machine, load by the command line and start it again, or ask those who run it for a key.',
  },
})

/** Says what would be shown if reports were loaded, and how this reader loads some. */
export function NoReports({ shows }: { shows: Words }) {
  const t = useText(words)
  const { language } = useSettings()
  const may = useMay('ADMIN')
  return (
    <Empty title={t('title')} action={{ to: '/load', label: t(may ? 'load' : 'how') }}>
      <p>{shows[language]}</p>
      <p>{t(may ? 'here' : 'elsewhere')}</p>
      <pre>
        <code>lantu load --db lantu.db *.txt{'\n'}lantu serve --db lantu.db</code>
      </pre>
    </Empty>
  )
}

const AnyReportsDocument = graphql(/* GraphQL */ `
  query AnyReports {
    reports(first: 1) {
      totalCount
    }
  }
`)

/** Shows what takes reports; where there are none, says so. */
export function Reported({ shows, children }: { shows: Words; children: ReactNode }) {
  const [{ data }] = useQuery({ query: AnyReportsDocument })
  return data?.reports.totalCount === 0 ? <NoReports shows={shows} /> : children
}
