import type { ReactNode } from 'react'
import { useNarrow } from '../narrow'

/** Controls that on a phone are folded into one line, so that what they change begins on the first screen. */
export function Fold({ label, open = false, children }: { label: string; open?: boolean; children: ReactNode }) {
  if (!useNarrow()) return children
  return (
    <details className="fold" open={open}>
      <summary>{label}</summary>
      {children}
    </details>
  )
}
