import { lazy, Suspense, useEffect, useRef } from 'react'
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { EvidenceDrawer } from '../components/Evidence'
import { SearchBox } from '../components/SearchBox'
import { Toasts } from '../components/Toast'
import { tourParameter } from '../components/tourState'
import { routes } from '../routes'
import { useSettings } from '../settings'
import { text, useText } from '../text'
import { Switches } from './Switches'

const Tour = lazy(() => import('../components/Tour'))

const words = text({
  zh: { skip: '跳到正文', name: '蓝图', nav: '主导航', tagline: '政府工作报告的知识图谱' },
  en: { skip: 'Skip to content', name: 'Lantu', nav: 'Main', tagline: 'What government reports say' },
})

/** What stands around every page. */
export function Shell() {
  const t = useText(words)
  const { language } = useSettings()
  const { pathname, search } = useLocation()
  const touring = new URLSearchParams(search).has(tourParameter)
  const main = useRef<HTMLElement>(null)
  const shown = useRef(pathname)
  useEffect(() => {
    // A new page is read from its start, by those who hear it too.
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true })
    shown.current = pathname
  }, [pathname])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="shell-header">
        <Link className="shell-name" to="/" title={t('tagline')}>
          <img src="/lantu.svg" alt="" width="26" height="26" />
          {t('name')}
        </Link>
        <div className="shell-search">{pathname !== '/' && <SearchBox />}</div>
        <Switches />
      </header>
      <nav className="shell-nav" aria-label={t('nav')}>
        {routes.map(
          (route) =>
            route.nav && (
              <NavLink key={route.path} to={route.path} end={route.path === '/'}>
                {route.nav[language]}
              </NavLink>
            ),
        )}
      </nav>
      <main id="main" ref={main} tabIndex={-1} className="shell-main">
        <Outlet />
      </main>
      <EvidenceDrawer />
      <Toasts />
      {touring && (
        <Suspense>
          <Tour />
        </Suspense>
      )}
      <ScrollRestoration />
    </div>
  )
}
