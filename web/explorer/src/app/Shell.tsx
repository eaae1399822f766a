import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link, matchPath, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { EvidenceDrawer } from '../components/Evidence'
import { SearchBox } from '../components/SearchBox'
import { Toasts } from '../components/Toast'
import { tourParameter } from '../components/tourState'
import { UnusedAddress } from '../components/Unused'
import { useNarrow } from '../narrow'
import { routes } from '../routes'
import { useSettings } from '../settings'
import { text, useText } from '../text'
import { Switches } from './Switches'

const Tour = lazy(() => import('../components/Tour'))

const words = text({
  zh: { skip: '跳到正文', name: '蓝图', nav: '主导航', menu: '菜单', tagline: '政府工作报告的知识图谱' },
  en: { skip: 'Skip to content', name: 'Lantu', nav: 'Main', menu: 'Menu', tagline: 'What government reports say' },
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
  // On a phone the navigation and the switches are a menu behind one button.
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  const header = useRef<HTMLElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key === 'Escape') {
        setOpen(false)
        opener.current?.focus()
      } else if (event.type !== 'keydown' && !header.current?.contains(event.target as Node)) setOpen(false)
    }
    const events = ['keydown', 'pointerdown', 'focusin']
    for (const name of events) document.addEventListener(name, close)
    return () => {
      for (const name of events) document.removeEventListener(name, close)
    }
  }, [open])
  const here = routes.find(({ nav, path }) => nav && matchPath({ path, end: path === '/' }, pathname))?.nav?.[language]
  const nav = (
    <nav id="nav" className="shell-nav" aria-label={t('nav')} hidden={narrow && !open}>
      {routes.map(
        (route) =>
          route.nav && (
            <NavLink key={route.path} to={route.path} end={route.path === '/'} onClick={() => setOpen(false)}>
              {route.nav[language]}
            </NavLink>
          ),
      )}
      {narrow && <Switches />}
    </nav>
  )
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="shell-header" ref={header}>
        {narrow && (
          <button
            ref={opener}
            type="button"
            className="button shell-menu"
            aria-expanded={open}
            aria-controls="nav"
            onClick={() => setOpen(!open)}
          >
            <span aria-hidden="true">☰</span>{' '}
            {here ? (
              <>
                <span className="hidden">{t('menu')}: </span>
                {here}
              </>
            ) : (
              t('menu')
            )}
          </button>
        )}
        <Link className="shell-name" to="/" title={t('tagline')}>
          <img src="/lantu.svg" alt="" width="26" height="26" />
          <span className={narrow ? 'hidden' : undefined}>{t('name')}</span>
        </Link>
        <div className="shell-search">{pathname !== '/' && <SearchBox />}</div>
        {narrow ? nav : <Switches />}
      </header>
      {!narrow && nav}
      <main id="main" ref={main} tabIndex={-1} className="shell-main">
        <UnusedAddress />
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
