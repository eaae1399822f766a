import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { useState } from 'react'
import { type AnyVariables, type CombinedError, useClient } from 'urql'
import { graphChanged } from '../../query'
import { useSettings } from '../../settings'
import { useText } from '../../text'
import { kinds } from '../../vocabulary'
import { inOneLine } from '../problems'
import { notify } from '../Toast'
import { UndoDocument } from './queries'
import { words } from './text'

// A change touches what is shown of anything: all of it is asked anew.
const context = {
  additionalTypenames: [
    ...Object.keys(kinds).map((kind) => kind.charAt(0) + kind.slice(1).toLowerCase()),
    ...['Claim', 'Observation', 'Change', 'ClaimConnection', 'ObservationConnection', 'ChangeConnection'],
  ],
}

type Payload = { done?: { change: { id: string } } | null }

/** Makes changes: shows what is asked anew, and a message with what takes the change back. */
export function useCurate() {
  const t = useText(words)
  const { language } = useSettings()
  const client = useClient()
  const [busy, setBusy] = useState(false)

  const make = async <D extends Payload, V extends AnyVariables>(document: TypedDocumentNode<D, V>, variables: V) => {
    setBusy(true)
    const { data, error } = await client.mutation<D, V>(document, variables, context).toPromise()
    setBusy(false)
    if (data?.done) graphChanged()
    return { done: data?.done as D['done'], error }
  }
  const failed = (error: CombinedError | undefined) =>
    notify({ wrong: true, text: t('failed', { why: inOneLine(error, language) }) })
  // Of several changes the last is undone first.
  const undo = async (made: string | string[], back = false) => {
    const undoings: string[] = []
    for (const change of [made].flat().reverse()) {
      const { done, error } = await make(UndoDocument, { input: { change } })
      if (!done) return failed(error)
      undoings.push(done.change.id)
    }
    notify({
      text: t(back ? 'redone' : 'undone'),
      action: { label: t(back ? 'undo' : 'redo'), run: () => undo(undoings, !back) },
    })
  }
  /** Makes a change and tells so; gives what came of it, or the error. It is undone with those that it needed before. */
  const curate = async <D extends Payload, V extends AnyVariables>(
    document: TypedDocumentNode<D, V>,
    variables: V,
    said: string,
    before: string[] = [],
  ) => {
    const result = await make(document, variables)
    const { done } = result
    if (done) notify({ text: said, action: { label: t('undo'), run: () => undo([...before, done.change.id]) } })
    return result
  }
  return { curate, make, undo, failed, busy }
}
