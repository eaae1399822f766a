import * as Ariakit from '@ariakit/react'
import { useEffect } from 'react'
import { useText } from '../../text'
import type { Point } from './address'
import { type CardActions, useRelationWords, useTallies } from './Card'
import type { Node } from './data'
import { words } from './text'

/** The menu at an entity in the drawing. */
export function NodeMenu({
  node,
  at,
  shown,
  pinned,
  actions,
  onClose,
}: {
  node: Node
  at: Point
  shown: Map<string, number>
  pinned: boolean
  actions: CardActions
  onClose: () => void
}) {
  const t = useText(words)
  const say = useRelationWords()
  const { rows } = useTallies(node.id, shown)
  const item = (label: string, act: (id: string) => void) => (
    <Ariakit.MenuItem className="popover-item" onClick={() => act(node.id)}>
      {label}
    </Ariakit.MenuItem>
  )
  const menu = Ariakit.useMenuStore({ open: true, setOpen: (open) => !open && onClose() })
  useEffect(() => {
    menu.setAutoFocusOnShow(true)
    menu.setInitialFocus('first')
  }, [menu])
  return (
    <Ariakit.MenuProvider store={menu}>
      <Ariakit.Menu
        className="popover graph-menu"
        aria-label={t('menu', { name: node.name })}
        getAnchorRect={() => ({ ...at, width: 1, height: 1 })}
        portal
      >
        <div className="popover-title">{t('expandBy')}</div>
        {rows?.map(({ relation, direction, shown, total }) => (
          <Ariakit.MenuItem
            key={`${relation} ${direction}`}
            className="popover-item"
            disabled={shown >= total}
            onClick={() => actions.expand(node.id, relation, direction)}
          >
            {say(relation, direction)} <span className="muted">{`${shown} / ${total}`}</span>
          </Ariakit.MenuItem>
        ))}
        {item(t('expandAll'), (id) => actions.expand(id, null, 'OUT'))}
        <Ariakit.MenuSeparator />
        {item(t(pinned ? 'unpin' : 'pin'), actions.pin)}
        {item(t('hide'), actions.hide)}
        {item(t('pathFrom'), actions.pathFrom)}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  )
}
