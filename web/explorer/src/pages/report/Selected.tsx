import * as Ariakit from '@ariakit/react'
import { type RefObject, useEffect, useState } from 'react'
import type { Span } from '../../codepoints'
import { useText } from '../../text'
import { words } from './text'

/** Words of one passage that are selected. */
export type Selected = { passage: string; span: Span }

/** Offers to add a fact under the words that are selected in a text, by pointer or by keys. */
export function SelectedWords({
  within,
  onAdd,
}: {
  within: RefObject<HTMLElement | null>
  onAdd: (selected: Selected) => void
}) {
  const t = useText(words)
  const popover = Ariakit.usePopoverStore({ placement: 'bottom' })
  const [selected, setSelected] = useState<Selected>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const look = () => {
      clearTimeout(timer)
      // While the pointer still moves the selection is not made yet.
      timer = setTimeout(() => {
        const found = selectedIn(within.current)
        setSelected(found)
        popover.setOpen(!!found)
        popover.render()
      }, 250)
    }
    document.addEventListener('selectionchange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', look)
    }
  }, [within, popover])
  return (
    <Ariakit.Popover
      store={popover}
      className="popover selected-words"
      role="group"
      aria-label={t('selected')}
      gutter={6}
      portal
      unmountOnHide
      autoFocusOnShow={false}
      autoFocusOnHide={false}
      getAnchorRect={() => {
        const selection = document.getSelection()
        return selection && selection.rangeCount > 0 ? selection.getRangeAt(0).getBoundingClientRect() : null
      }}
    >
      <button
        type="button"
        className="button"
        // Keeps the words selected.
        onPointerDown={(event) => event.preventDefault()}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          if (selected) onAdd(selected)
          document.getSelection()?.removeAllRanges()
        }}
      >
        {t('add')}
      </button>
    </Ariakit.Popover>
  )
}

function selectedIn(root: HTMLElement | null): Selected | undefined {
  const selection = document.getSelection()
  if (!root || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  const text = elementOf(range.startContainer)?.closest<HTMLElement>('[data-text-of]')
  // A paragraph selected by three clicks ends at the start of what comes after.
  if (!text || !root.contains(text)) return undefined
  const before = document.createRange()
  before.setStart(text, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const inside = range.cloneRange()
  if (!text.contains(range.endContainer)) inside.setEnd(text, text.childNodes.length)
  const words = inside.toString()
  const lead = Array.from(/^\s*/.exec(words)?.[0] ?? '').length
  const start = Array.from(before.toString()).length + lead
  const end = start + Array.from(words.trim()).length
  return end > start ? { passage: text.dataset.textOf ?? '', span: { start, end } } : undefined
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement
}
