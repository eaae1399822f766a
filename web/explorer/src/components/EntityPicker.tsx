import * as Ariakit from '@ariakit/react'
import { useState } from 'react'
import { useQuery } from 'urql'
import type { Kind } from '../graphql/graphql'
import { graphql } from '../query'
import { useSettled } from '../settled'
import { text, useText } from '../text'
import type { EntityRef } from './fragments'
import { KindBadge } from './KindBadge'

const words = text({
  zh: { placeholder: '名称或拼音', remove: '去掉{name}', none: '没有找到', gone: '没有这个实体' },
  en: { placeholder: 'Name or pinyin', remove: 'Remove {name}', none: 'Nothing found', gone: 'no such entity' },
})

const PickDocument = graphql(/* GraphQL */ `
  query Pick($prefix: String!, $kinds: [Kind!]) {
    suggest(prefix: $prefix, kinds: $kinds, first: 8) {
      matched
      node {
        id
        ...EntityRef
      }
    }
  }
`)

/** The entity that an id names, if any. */
export const PickedDocument = graphql(/* GraphQL */ `
  query Picked($id: ID!) {
    node(id: $id) {
      id
      ...EntityRef
    }
  }
`)

/** Chooses one entity by typing its name. Until something is typed, it offers `first`. */
export function EntityPicker({
  label,
  value,
  kinds,
  first = [],
  onChange,
}: {
  label: string
  value: string | null
  kinds?: readonly Kind[]
  first?: EntityRef[]
  onChange: (id: string | null, entity?: EntityRef) => void
}) {
  const t = useText(words)
  const [typed, setTyped] = useState('')
  const prefix = useSettled(typed.trim(), 80)
  const [open, setOpen] = useState(false)
  const [{ data, fetching }] = useQuery({
    query: PickDocument,
    variables: { prefix, kinds: kinds ? [...kinds] : null },
    pause: prefix === '' || !open,
  })
  const [picked] = useQuery({ query: PickedDocument, variables: { id: value ?? '' }, pause: !value })
  if (value) {
    const node = picked.data?.node
    const name = node && 'kind' in node ? node.name : picked.fetching ? '…' : t('gone')
    return (
      <div className="field">
        <span className="field-label">{label}</span>
        <button
          type="button"
          className="picked"
          aria-label={`${label}: ${t('remove', { name })}`}
          onClick={() => onChange(null)}
        >
          <span>{name}</span>
          <span aria-hidden="true">×</span>
        </button>
      </div>
    )
  }
  const found = typed.trim()
    ? (data?.suggest ?? []).flatMap(({ node }) => ('kind' in node ? [node] : []))
    : first.filter(({ kind }) => !kinds || kinds.includes(kind))
  return (
    <div className="field">
      <Ariakit.ComboboxProvider
        value={typed}
        setValue={setTyped}
        open={open && (found.length > 0 || typed.trim() !== '')}
        setOpen={setOpen}
        resetValueOnHide
      >
        <Ariakit.ComboboxLabel className="field-label">{label}</Ariakit.ComboboxLabel>
        <Ariakit.Combobox
          className="search-input"
          placeholder={t('placeholder')}
          maxLength={100}
          autoSelect
          showOnClick
          onKeyDown={(event) => {
            // What is shown first is selected a moment later: until then Enter would do nothing.
            const [entity] = found
            const unselected = !event.currentTarget.getAttribute('aria-activedescendant')
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || !open || !entity || !unselected) return
            event.preventDefault()
            onChange(entity.id, entity)
          }}
        />
        <Ariakit.ComboboxPopover className="popover" gutter={4} unmountOnHide aria-label={label}>
          {found.map((entity) => (
            <Ariakit.ComboboxItem
              key={entity.id}
              className="popover-item"
              focusOnHover
              setValueOnClick={false}
              onClick={() => onChange(entity.id, entity)}
            >
              {kinds?.length !== 1 && <KindBadge kind={entity.kind} />}
              <span>{entity.name}</span>
            </Ariakit.ComboboxItem>
          ))}
          {found.length === 0 && (
            <div className="popover-title">{fetching || prefix !== typed.trim() ? '…' : t('none')}</div>
          )}
        </Ariakit.ComboboxPopover>
      </Ariakit.ComboboxProvider>
    </div>
  )
}
