import type { ReactNode } from 'react'
import { useQuery } from 'urql'
import type { Role } from '../graphql/graphql'
import { graphql } from '../query'
import { useSettings } from '../settings'
import { text, useText } from '../text'
import { roles } from '../vocabulary'
import { KeyForm } from './KeyForm'
import { Loaded } from './Loaded'

const words = text({
  zh: {
    title: '这需要{role}的权限',
    who: '您现在是{role}（{name}）。',
    how: '如何取得：',
    here: '在运行服务器的机器上，用这个角色启动，然后从本机打开：',
    elsewhere: '在别处，请管理服务器的人为您发一个密钥：',
    given: '然后在这里填入：',
  },
  en: {
    title: 'This takes the role {role}',
    who: 'You are a {role} now ({name}).',
    how: 'How to get it:',
    here: 'On the machine that runs the server, start it with this role, and open it from there:',
    elsewhere: 'Elsewhere, ask those who run the server for a key:',
    given: 'Then give it here:',
  },
})

const ViewerDocument = graphql(/* GraphQL */ `
  query Viewer {
    viewer {
      name
      role
    }
  }
`)

const ladder: Role[] = ['READER', 'EDITOR', 'ADMIN']

function covers(role: Role, needs: Role) {
  return ladder.indexOf(role) >= ladder.indexOf(needs)
}

/** Whether who asks may do what a role may; false until that is known. */
export function useMay(needs: Role): boolean {
  const [{ data }] = useQuery({ query: ViewerDocument })
  return data !== undefined && covers(data.viewer.role, needs)
}

/** Shows what only a role may do; to others, what they are and how to become it. */
export function Needs({ least, children }: { least: Role; children: ReactNode }) {
  const t = useText(words)
  const { language } = useSettings()
  const query = useQuery({ query: ViewerDocument })
  const flag = least.toLowerCase()
  return (
    <Loaded query={query}>
      {({ viewer }) =>
        covers(viewer.role, least) ? (
          children
        ) : (
          <section className="empty">
            <h2>{t('title', { role: roles[least][language] })}</h2>
            <p>{t('who', { role: roles[viewer.role][language], name: viewer.name })}</p>
            <p>{t('how')}</p>
            <ul>
              <li>
                {t('here')} <code>lantu serve --role {flag}</code>
              </li>
              <li>
                {t('elsewhere')} <code>lantu key add --role {flag} NAME</code>
                <br />
                {t('given')}
                <KeyForm />
              </li>
            </ul>
          </section>
        )
      }
    </Loaded>
  )
}
