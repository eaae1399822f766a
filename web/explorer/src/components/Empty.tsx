import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** Says that there is nothing, and what to do. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: { to: string; label: string }
}) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <div>{children}</div>
      {action && (
        <Link className="button" to={action.to}>
          {action.label}
        </Link>
      )}
    </div>
  )
}
