import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Theme } from '../../settings'
import { type Colours, type Events, type Picture, Scene } from './scene'

const arrows: Record<string, { x: number; y: number }> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
}

/** The drawn graph, for hand and keyboard. What it shows stands in the list, too, for those who do not see it. */
export function Canvas({
  scene,
  picture,
  theme,
  label,
  failed,
  onKey,
  ...events
}: {
  scene: RefObject<Scene | null>
  picture: Picture
  theme: Theme
  label: string
  /** What to show where nothing can be drawn. */
  failed: string
  /** Other keys than those that walk and zoom. */
  onKey: (event: KeyboardEvent) => void
} & Omit<Events, 'settled'>) {
  const box = useRef<HTMLDivElement>(null)
  const handlers = useRef(events)
  handlers.current = events
  const [broken, setBroken] = useState(false)
  const [settled, setSettled] = useState(false)

  useEffect(() => {
    const container = box.current
    if (!container) return
    try {
      scene.current = new Scene(container, coloursOf(container), {
        select: (id) => handlers.current.select(id),
        expand: (id) => handlers.current.expand(id),
        menu: (id, at) => handlers.current.menu(id, at),
        edge: (key) => handlers.current.edge(key),
        pin: (id, at) => handlers.current.pin(id, at),
        settled: setSettled,
      })
    } catch {
      // Sigma throws where there is no WebGL.
      setBroken(true)
    }
    return () => {
      scene.current?.destroy()
      scene.current = null
    }
  }, [scene])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the styles' colours are
  useEffect(() => {
    if (box.current) scene.current?.recolour(coloursOf(box.current))
    scene.current?.show(picture)
  }, [scene, picture, theme])

  const walk = (event: KeyboardEvent) => {
    const direction = arrows[event.key]
    if (direction) {
      event.preventDefault()
      const next = scene.current?.towards(picture.selected, direction)
      if (next) events.select(next)
    } else if (event.key === '+' || event.key === '=') scene.current?.zoom(1.4)
    else if (event.key === '-') scene.current?.zoom(1 / 1.4)
    else if (event.key === '0') scene.current?.fit()
    else onKey(event)
  }
  return (
    <>
      <div
        ref={box}
        className="graph-canvas"
        role="application"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard walks the graph here
        tabIndex={0}
        data-settled={settled}
        onKeyDown={walk}
        onContextMenu={(event) => event.preventDefault()}
      />
      {broken && (
        <p className="graph-broken" role="alert">
          {failed}
        </p>
      )}
    </>
  )
}

/** The styles' colours as a canvas needs them. */
export function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement('span')
  element.append(probe)
  const colour = (value: string) => {
    probe.style.color = value
    return rgb(getComputedStyle(probe).color)
  }
  const colours = {
    paper: colour('var(--paper)'),
    surface: colour('var(--surface)'),
    ink: colour('var(--ink)'),
    muted: colour('var(--muted)'),
    line: colour('light-dark(#94a1ae, #5d6d7c)'),
    faint: colour('light-dark(#d3d9de, #2d3945)'),
    accent: colour('var(--accent)'),
  }
  probe.remove()
  return colours
}

// rgb(1, 2, 3) as #010203, which files and Sigma read alike.
function rgb(value: string): string {
  const [r = 0, g = 0, b = 0] = value.match(/[\d.]+/g)?.map(Number) ?? []
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}
