import type { ReactNode } from 'react'
import type { AnyVariables, UseQueryResponse } from 'urql'
import { Problem } from './Problem'
import { Skeleton } from './Skeleton'

/** Shows a query's data; a skeleton until it is there, and what went wrong. What is shown stays while it is asked anew. */
export function Loaded<D, V extends AnyVariables>({
  query: [result, again],
  lines,
  children,
}: {
  query: UseQueryResponse<D, V>
  lines?: number
  children: (data: D) => ReactNode
}) {
  if (result.error && !result.fetching)
    return (
      <>
        <Problem error={result.error} retry={() => again({ requestPolicy: 'network-only' })} />
        {result.data && children(result.data)}
      </>
    )
  if (!result.data) return <Skeleton lines={lines} />
  return (
    <div className="loaded" aria-busy={result.fetching || result.stale}>
      {children(result.data)}
    </div>
  )
}
