import * as Ariakit from '@ariakit/react'
import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Words } from '../routes'
import { useSettings } from '../settings'
import { text, useText } from '../text'
import { endTour, tourAddress, tourParameter } from './tourState'

const words = text({
  zh: { at: '导览 {n} / {all}', next: '下一步', previous: '上一步', skip: '结束导览', done: '完成' },
  en: { at: 'Tour, {n} of {all}', next: 'Next', previous: 'Back', skip: 'End the tour', done: 'Done' },
})

type Step = { path: string; at: string; title: Words; said: Words }

const steps: Step[] = [
  {
    path: '/',
    at: '.home .search-box',
    title: { zh: '从搜索开始', en: 'Begin with a search' },
    said: {
      zh: '输入名称、拼音或首字母，边打边出结果：试试 cxznzz。在任何页面按 / 都能回到搜索框。',
      en: 'Type a name, its pinyin or initials, and it answers while you type: try cxznzz. On every page / leads to the box.',
    },
  },
  {
    path: '/tables/claims',
    at: 'main .evidence-button',
    title: { zh: '每条事实都有原句', en: 'Every fact has its sentence' },
    said: {
      zh: '看到“出处”就可以点开：原句、所在报告和行号都在那里，还可以复制成引文。',
      en: 'Wherever you see “Source”, open it: the sentence, its report and line are there, and can be copied as a quotation.',
    },
  },
  {
    path: '/tables/claims',
    at: 'main .confidence',
    title: { zh: '看看有多可靠', en: 'See how sure it is' },
    said: {
      zh: '每条事实都标了可信度：标 90% 的，十条里约有九条是对的。用之前请看原句。',
      en: 'Every fact says how sure it is: of those at 90%, about nine in ten are right. Read the sentence before you rely on it.',
    },
  },
  {
    path: '/trace',
    at: '.shell-menu, .shell-nav a[href="/trace"]',
    title: { zh: '溯源到街道', en: 'Trace down to streets' },
    said: {
      zh: '选一项计划或项目，看它到达哪些地方，每一步都有原句，还能存成附出处的文稿。',
      en: 'Choose a programme or project and see which places it reaches, each step with its sentence, as a memo with sources too.',
    },
  },
  {
    path: '/help',
    at: '.shell-menu, .shell-nav a[href="/help"]',
    title: { zh: '随时可以回来', en: 'Come back at any time' },
    said: {
      zh: '各个视图的用法、快捷键和词汇表都在“帮助”里，导览也可以在那里重新开始。',
      en: 'What each view is for, the keys and a glossary are in Help. The tour can be started there again.',
    },
  },
]

/** The step of the tour that the address names, beside what it speaks of. */
export default function Tour() {
  const t = useText(words)
  const { language } = useSettings()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const n = Number(new URLSearchParams(search).get(tourParameter))
  const step = steps[n - 1]
  const anchor = useElement(step?.path === pathname ? step.at : undefined)
  useEffect(() => {
    anchor?.classList.add('tour-target')
    anchor?.scrollIntoView({ block: 'center' })
    return () => anchor?.classList.remove('tour-target')
  }, [anchor])
  if (!step) return null
  const go = (to: number) => navigate(tourAddress(steps[to - 1]?.path ?? '/', to))
  const end = () => {
    endTour()
    const params = new URLSearchParams(search)
    params.delete(tourParameter)
    navigate(`${pathname}?${params}`, { replace: true })
  }
  if (!anchor) return null
  return (
    <Ariakit.PopoverProvider key={n} open setOpen={(open) => !open && end()} placement="bottom-start">
      <Ariakit.Popover
        className="popover tour"
        portal
        gutter={10}
        getAnchorRect={() => anchor.getBoundingClientRect()}
        hideOnInteractOutside={false}
        // What the address calls for is shown, and then what it says is read out.
        autoFocusOnShow
      >
        <p className="muted">{t('at', { n, all: steps.length })}</p>
        <Ariakit.PopoverHeading>{step.title[language]}</Ariakit.PopoverHeading>
        <Ariakit.PopoverDescription>{step.said[language]}</Ariakit.PopoverDescription>
        <div className="curate-buttons">
          {n < steps.length ? (
            <button type="button" className="button primary" onClick={() => go(n + 1)}>
              {t('next')}
            </button>
          ) : (
            <button type="button" className="button primary" onClick={end}>
              {t('done')}
            </button>
          )}
          {n > 1 && (
            <button type="button" className="button" onClick={() => go(n - 1)}>
              {t('previous')}
            </button>
          )}
          {n < steps.length && (
            <button type="button" className="button quiet" onClick={end}>
              {t('skip')}
            </button>
          )}
        </div>
      </Ariakit.Popover>
    </Ariakit.PopoverProvider>
  )
}

/** The first element that matches, once it is there; where a list turns out empty, what says so. */
function useElement(selector: string | undefined): HTMLElement | null {
  const [found, setFound] = useState<HTMLElement | null>(null)
  useEffect(() => {
    setFound(null)
    if (!selector) return
    const look = () => {
      const element =
        document.querySelector<HTMLElement>(selector) ?? document.querySelector<HTMLElement>('main .empty')
      setFound(element)
      return element !== null
    }
    if (look()) return
    const observer = new MutationObserver(() => look() && observer.disconnect())
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [selector])
  return found
}
