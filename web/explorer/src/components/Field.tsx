import { type ComponentProps, type ReactNode, useId } from 'react'

/** A control below its label; `children` gives the control the id by which the label finds it. */
export function Field({
  label,
  note,
  children,
}: {
  label: string
  note?: string | undefined
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
      {note && <small className="muted">{note}</small>}
    </div>
  )
}

/** A line of text. */
export function TextField({
  label,
  onChange,
  ...rest
}: {
  label: string
  onChange?: (value: string) => void
} & Omit<ComponentProps<'input'>, 'id' | 'className' | 'onChange'>) {
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          className="search-input"
          autoComplete="off"
          onChange={onChange && ((event) => onChange(event.target.value))}
          {...rest}
        />
      )}
    </Field>
  )
}

/** One of several values. What is chosen and not among them is offered, too; where it is '', as `none`. */
export function SelectField({
  label,
  note,
  value,
  options,
  none = '',
  required,
  onChange,
}: {
  label: string
  note?: string | undefined
  value: string
  options: { value: string; label: string }[]
  /** What no choice is called. */
  none?: string
  /** Whether no choice is none. */
  required?: boolean
  onChange: (value: string) => void
}) {
  const known = options.some((option) => option.value === value)
  return (
    <Field label={label} note={note}>
      {(id) => (
        <select
          id={id}
          className="search-input"
          required={required}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {(!required || value === '') && <option value="">{none}</option>}
          {!known && value !== '' && <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
