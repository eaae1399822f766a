import * as Ariakit from '@ariakit/react'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../query'
import { recentSearches, rememberSearch } from '../recent'
import { useSettled } from '../settled'
import { text, useText } from '../text'
import './fragments'
import { KindBadge } from './KindBadge'
import { Marked } from './Marked'

const words = text({
  zh: {
    label: '搜索',
    placeholder: '名称、拼音、首字母或原文',
    suggestions: '建议',
    recent: '最近搜索',
    all: '搜索“{q}”的全部结果',
    submit: '搜索',
  },
  en: {
    label: 'Search',
    placeholder: 'A name, pinyin, initials, or words',
    suggestions: 'Suggestions',
    recent: 'Recent searches',
    all: 'All results for “{q}”',
    submit: 'Search',
  },
})

const SuggestDocument = graphql(/* GraphQL */ `
  query Suggest($prefix: String!) {
    suggest(prefix: $prefix, first: 8) {
      matched
      highlight {
        start
        end
      }
      node {
        id
        ...EntityRef
      }
    }
  }
`)

// The API takes no longer ones.
const longest = 100

/** The box that answers while one types; the key / leads to it. */
export function SearchBox({ large = false }: { large?: boolean }) {
  const t = useText(words)
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const asked = params.get('q') ?? ''
  const [value, setValue] = useState(asked)
  useEffect(() => setValue(asked), [asked])
  const [open, setOpen] = useState(false)
  const combobox = Ariakit.useComboboxStore({ value, setValue, open, setOpen })
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (at.closest('input, textarea, select, [contenteditable], [role=dialog]')) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [])

  const prefix = useSettled(value.trim(), 80)
  const [{ data }] = useQuery({ query: SuggestDocument, variables: { prefix }, pause: prefix === '' || !open })
  const hits = value.trim() && data ? data.suggest : []
  const recent = value.trim() ? [] : recentSearches()

  const search = (query: string) => {
    const q = query.trim()
    if (!q) return
    rememberSearch(q)
    setOpen(false)
    navigate(`/search?${new URLSearchParams({ q })}`)
  }
  return (
    <Ariakit.ComboboxProvider store={combobox}>
      <search className={large ? 'search-box large' : 'search-box'}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            search(value)
          }}
        >
          <Ariakit.Combobox
            ref={input}
            className="search-input"
            aria-label={t('label')}
            placeholder={t('placeholder')}
            maxLength={longest}
            onKeyDown={(event) => {
              // With suggestions open but none chosen, Ariakit would let Enter do nothing.
              if (event.key !== 'Enter' || event.nativeEvent.isComposing || combobox.getState().activeId !== null)
                return
              event.preventDefault()
              search(value)
            }}
            autoFocus={large}
            showOnClick
            enterKeyHint="search"
          />
          <kbd>/</kbd>
          {large && (
            <button type="submit" className="button primary">
              {t('submit')}
            </button>
          )}
        </form>
      </search>
      {(hits.length > 0 || recent.length > 0) && (
        <Ariakit.ComboboxPopover
          className="popover"
          gutter={6}
          sameWidth
          unmountOnHide
          aria-label={t(hits.length > 0 ? 'suggestions' : 'recent')}
        >
          {recent.length > 0 && <div className="popover-title">{t('recent')}</div>}
          {recent.map((query) => (
            <Ariakit.ComboboxItem
              key={query}
              className="popover-item"
              focusOnHover
              setValueOnClick={false}
              onClick={() => search(query)}
            >
              {query}
            </Ariakit.ComboboxItem>
          ))}
          {hits.map(({ node, matched, highlight }) =>
            'kind' in node ? (
              <Ariakit.ComboboxItem
                key={node.id}
                className="popover-item"
                focusOnHover
                setValueOnClick={false}
                onClick={() => {
                  rememberSearch(node.name)
                  setValue(asked)
                  navigate(`/entity/${node.id}`)
                }}
              >
                <KindBadge kind={node.kind} />
                <span>{matched === node.name ? <Marked text={matched} spans={highlight} /> : node.name}</span>
                {matched !== node.name && (
                  <span className="muted">
                    <Marked text={matched} spans={highlight} />
                  </span>
                )}
              </Ariakit.ComboboxItem>
            ) : null,
          )}
          {hits.length > 0 && (
            <Ariakit.ComboboxItem
              className="popover-item popover-all"
              focusOnHover
              setValueOnClick={false}
              onClick={() => search(value)}
            >
              {t('all', { q: value.trim() })}
            </Ariakit.ComboboxItem>
          )}
        </Ariakit.ComboboxPopover>
      )}
    </Ariakit.ComboboxProvider>
  )
}
