import * as Ariakit from '@ariakit/react'
import { type RefObject, useEffect, useState } from 'react'
import { useText } from '../../text'
import { Facts } from './Facts'
import { words } from './text'

type Mention = { passage: string; entity: string; name: string }

// How long the pointer rests on a name before its facts are shown, in milliseconds.
const rest = 300

/** One card for all names of a text: what the passage says of the one that is pointed at or focused. */
export function HoverFacts({ within }: { within: RefObject<HTMLElement | null> }) {
  const t = useText(words)
  const card = Ariakit.useHovercardStore({ placement: 'bottom-start' })
  const [mention, setMention] = useState<Mention>()
  useEffect(() => {
    const root = within.current
    if (!root) return
    let timer: ReturnType<typeof setTimeout>
    const show = (event: Event, wait: number) => {
      clearTimeout(timer)
      const link = (event.target as Element).closest<HTMLElement>('.mention')
      if (!link) return
      timer = setTimeout(() => {
        const { passage = '', entity = '', name = '' } = link.dataset
        setMention({ passage, entity, name })
        card.setAnchorElement(link)
        card.show()
      }, wait)
    }
    const point = (event: PointerEvent) => {
      // A finger goes to the entity at once.
      if (event.pointerType === 'mouse') show(event, rest)
    }
    const focus = (event: FocusEvent) => {
      if ((event.target as Element).matches(':focus-visible')) show(event, 0)
    }
    const leave = () => {
      clearTimeout(timer)
      card.hide()
    }
    root.addEventListener('pointerover', point)
    root.addEventListener('focusin', focus)
    root.addEventListener('focusout', leave)
    return () => {
      clearTimeout(timer)
      root.removeEventListener('pointerover', point)
      root.removeEventListener('focusin', focus)
      root.removeEventListener('focusout', leave)
    }
  }, [within, card])
  return (
    <Ariakit.Hovercard
      store={card}
      className="popover hover-facts"
      gutter={6}
      portal
      unmountOnHide
      autoFocusOnShow={false}
      aria-label={t('factsAbout', { name: mention?.name ?? '' })}
    >
      {mention && (
        <>
          <div className="popover-title">{t('factsAbout', { name: mention.name })}</div>
          <Facts passage={mention.passage} about={mention.entity} />
        </>
      )}
    </Ariakit.Hovercard>
  )
}
