import * as Ariakit from '@ariakit/react'
import { useState } from 'react'
import type { EntityRefFragment } from '../../graphql/graphql'
import { useText } from '../../text'
import { EntityPicker } from '../EntityPicker'
import { TextField } from '../Field'
import { toastElement } from '../Toast'
import { useMay } from '../Viewer'
import { ChangeForm } from './ChangeForm'
import { AddAliasDocument, MergeDocument } from './queries'
import { SplitForm } from './SplitForm'
import { words } from './text'
import { useCurate } from './useCurate'

type Entity = EntityRefFragment & { aliases: string[] }

/** What editors do with an entity: name it, merge others into it, split it. */
export function EntityActions({ entity }: { entity: Entity }) {
  const t = useText(words)
  const [open, setOpen] = useState<'alias' | 'merge' | 'split'>()
  if (!useMay('EDITOR')) return null
  const close = () => setOpen(undefined)
  const { name } = entity
  return (
    <>
      <Ariakit.MenuProvider>
        <Ariakit.MenuButton className="button curate-menu">
          {t('entity')} <Ariakit.MenuButtonArrow />
        </Ariakit.MenuButton>
        <Ariakit.Menu className="popover" gutter={4} unmountOnHide>
          <Ariakit.MenuItem className="popover-item" onClick={() => setOpen('alias')}>
            {t('alias')}
          </Ariakit.MenuItem>
          <Ariakit.MenuItem className="popover-item" onClick={() => setOpen('merge')}>
            {t('merge')}
          </Ariakit.MenuItem>
          <Ariakit.MenuItem className="popover-item" onClick={() => setOpen('split')}>
            {t('splitMenu')}
          </Ariakit.MenuItem>
        </Ariakit.Menu>
      </Ariakit.MenuProvider>
      <Ariakit.Dialog
        className="dialog"
        open={open !== undefined}
        onClose={close}
        backdrop={<div className="drawer-backdrop" />}
        unmountOnHide
        getPersistentElements={() => [toastElement()]}
      >
        <Ariakit.DialogHeading>{open && t(`${open}Title`, { name })}</Ariakit.DialogHeading>
        {open === 'alias' && <Alias entity={entity} close={close} />}
        {open === 'merge' && <Merge entity={entity} close={close} />}
        {open === 'split' && <SplitForm entity={entity} close={close} />}
      </Ariakit.Dialog>
    </>
  )
}

function Alias({ entity, close }: { entity: Entity; close: () => void }) {
  const t = useText(words)
  const { curate, busy } = useCurate()
  const send = (form: HTMLFormElement, reason: string | null) => {
    const alias = String(new FormData(form).get('alias') ?? '').trim()
    return curate(AddAliasDocument, { input: { entity: entity.id, alias, reason } }, t('aliased', { name: alias }))
  }
  return (
    <ChangeForm help={t('aliasHelp')} label={t('aliasDo')} busy={busy} close={close} send={send}>
      <TextField label={t('aliasField')} name="alias" required maxLength={100} />
    </ChangeForm>
  )
}

function Merge({ entity, close }: { entity: Entity; close: () => void }) {
  const t = useText(words)
  const { curate, busy } = useCurate()
  const [from, setFrom] = useState<string | null>(null)
  return (
    <ChangeForm
      help={t('mergeHelp', { name: entity.name })}
      label={t('mergeDo')}
      wrong={!from && t('mergeNone')}
      busy={busy}
      close={close}
      send={(_, reason) =>
        curate(MergeDocument, { input: { into: entity.id, from: from ? [from] : [], reason } }, t('merged'))
      }
    >
      <EntityPicker label={t('mergeField')} value={from} kinds={[entity.kind]} onChange={setFrom} />
    </ChangeForm>
  )
}
