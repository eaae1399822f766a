import * as Ariakit from '@ariakit/react'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import type { CombinedError } from 'urql'
import type { EntityRefFragment } from '../../graphql/graphql'
import { useText } from '../../text'
import { EntityPicker } from '../EntityPicker'
import { Problem } from '../Problem'
import { toastElement } from '../Toast'
import { useMay } from '../Viewer'
import { FormButtons, ReasonField, reasonOf } from './ClaimActions'
import { AddAliasDocument, MergeDocument, SplitDocument } from './queries'
import { words } from './text'
import { useCurate } from './useCurate'

type Entity = EntityRefFragment & { aliases: string[] }
type Result = { done?: unknown; error?: CombinedError | undefined }

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
        {open === 'split' && <Split entity={entity} close={close} />}
      </Ariakit.Dialog>
    </>
  )
}

/** A form in the dialog, which closes when what it does is done. */
function Form({
  help,
  label,
  wrong,
  busy,
  close,
  send,
  children,
}: {
  help: string
  label: string
  /** Why it cannot be sent as it is. */
  wrong?: string | false
  busy: boolean
  close: () => void
  send: (form: HTMLFormElement, reason: string | null) => Promise<Result>
  children: ReactNode
}) {
  const [error, setError] = useState<CombinedError>()
  const [tried, setTried] = useState(false)
  return (
    <form
      className="curate-form"
      onSubmit={async (event) => {
        event.preventDefault()
        setTried(true)
        if (wrong) return
        const { done, error } = await send(event.currentTarget, reasonOf(event.currentTarget))
        if (done) close()
        else setError(error)
      }}
    >
      <p className="muted">{help}</p>
      {children}
      <ReasonField />
      {tried && wrong && <p role="alert">{wrong}</p>}
      {error && <Problem error={error} change />}
      <FormButtons label={label} busy={busy} close={close} />
    </form>
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
    <Form help={t('aliasHelp')} label={t('aliasDo')} busy={busy} close={close} send={send}>
      <label className="field">
        <span className="field-label">{t('aliasField')}</span>
        <input name="alias" className="search-input" required maxLength={100} autoComplete="off" />
      </label>
    </Form>
  )
}

function Merge({ entity, close }: { entity: Entity; close: () => void }) {
  const t = useText(words)
  const { curate, busy } = useCurate()
  const [from, setFrom] = useState<string | null>(null)
  return (
    <Form
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
    </Form>
  )
}

function Split({ entity, close }: { entity: Entity; close: () => void }) {
  const t = useText(words)
  const { curate, busy } = useCurate()
  const navigate = useNavigate()
  const [names, setNames] = useState<string[]>([])
  const all = [entity.name, ...entity.aliases]
  if (all.length === 1)
    return (
      <>
        <p>{t('splitOne')}</p>
        <Ariakit.DialogDismiss className="button">{t('cancel')}</Ariakit.DialogDismiss>
      </>
    )
  return (
    <Form
      help={t('splitHelp')}
      label={t('splitDo')}
      wrong={(names.length === 0 || names.length === all.length) && t('splitSome')}
      busy={busy}
      close={close}
      send={async (_, reason) => {
        const result = await curate(SplitDocument, { input: { entity: entity.id, names, reason } }, t('split'))
        // Whoever splits looks at what was split off next.
        if (result.done?.splitOff) navigate(`/entity/${result.done.splitOff.id}`)
        return result
      }}
    >
      <fieldset className="curate-names">
        <legend className="field-label">{t('splitField')}</legend>
        {all.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={names.includes(name)}
              onChange={(event) =>
                setNames(event.target.checked ? [...names, name] : names.filter((one) => one !== name))
              }
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
    </Form>
  )
}
