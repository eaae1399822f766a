import { lazy, type ReactNode, Suspense } from 'react'
import { createBrowserRouter, useLocation, useNavigate, useRouteError } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { Empty } from '../components/Empty'
import { Reported } from '../components/NoReports'
import { Skeleton } from '../components/Skeleton'
import { routes } from '../routes'
import { text, useText } from '../text'
import { Shell } from './Shell'

const pages = import.meta.glob<{ default: () => ReactNode }>('../pages/*/index.tsx')

function pageOf(name: string) {
  const load = pages[`../pages/${name}/index.tsx`]
  if (!load) throw new Error(`src/pages/${name}/index.tsx is not there, but routes.ts names it`)
  const Page = lazy(load)
  const shows = routes.find((route) => route.page === name)?.shows
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      {shows ? (
        <Reported shows={shows}>
          <Page />
        </Reported>
      ) : (
        <Page />
      )}
    </Suspense>
  )
}

const elements = new Map([...new Set(routes.map((route) => route.page))].map((page) => [page, pageOf(page)]))

const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      {
        errorElement: <Broken />,
        children: [
          ...routes.map((route) => ({ path: route.path, element: elements.get(route.page) })),
          { path: '*', element: <Nowhere /> },
        ],
      },
    ],
  },
])

export function App() {
  return <RouterProvider router={router} />
}

const words = text({
  zh: {
    nowhere: '没有这个页面',
    nowhereHelp: '地址可能抄错了，或已经过时。可以在上面搜索，或从首页开始。',
    back: '返回上一页',
    broken: '这个页面出错了',
    brokenHelp: '可以重新载入；如果再次出错，请把下面的文字告诉维护者。',
    reload: '重新载入',
    home: '回到首页',
  },
  en: {
    nowhere: 'There is no such page',
    nowhereHelp: 'The address may be mistyped or old. Search above, or begin at the first page.',
    back: 'Back to where you were',
    broken: 'This page failed',
    brokenHelp: 'Reload it; if it fails again, tell those who run this server the words below.',
    reload: 'Reload',
    home: 'To the first page',
  },
})

function Nowhere() {
  const t = useText(words)
  const { pathname } = useLocation()
  const navigate = useNavigate()
  return (
    <Empty title={t('nowhere')} action={{ to: '/', label: t('home') }}>
      <title>{t('nowhere')}</title>
      <p>
        <code>{pathname}</code>
      </p>
      <p>{t('nowhereHelp')}</p>
      {window.history.length > 1 && (
        <button type="button" className="button" onClick={() => navigate(-1)}>
          {t('back')}
        </button>
      )}{' '}
    </Empty>
  )
}

function Broken() {
  const t = useText(words)
  const error = useRouteError()
  return (
    <Empty title={t('broken')}>
      <p>{t('brokenHelp')}</p>
      <p>
        <code>{error instanceof Error ? error.message : String(error)}</code>
      </p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        {t('reload')}
      </button>
    </Empty>
  )
}
