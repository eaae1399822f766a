import { useEffect, useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import type { PassagesOfQuery } from '../../graphql/graphql'
import { PassagesDocument } from './queries'

export type Passage = NonNullable<PassagesOfQuery['report']>['passages']['nodes'][number]

export type Passages = { passages: Passage[]; whole: boolean; error?: CombinedError }

/** A report's passages, page after page until the report is whole. */
export function usePassages(report: string): Passages {
  const client = useClient()
  const [state, setState] = useState<Passages>({ passages: [], whole: false })
  useEffect(() => {
    let wanted = true
    const load = async () => {
      const passages: Passage[] = []
      let after: string | null = null
      do {
        const { data, error } = await client.query(PassagesDocument, { report, after }).toPromise()
        if (!wanted) return
        if (error) return setState({ passages, whole: false, error })
        const page: NonNullable<PassagesOfQuery['report']>['passages'] | undefined = data?.report?.passages
        passages.push(...(page?.nodes ?? []))
        after = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
        setState({ passages: [...passages], whole: after === null })
      } while (after)
    }
    void load()
    return () => {
      wanted = false
    }
  }, [client, report])
  return state
}
