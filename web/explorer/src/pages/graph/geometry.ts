import type { Point } from './address'

/** How far the n-th of several edges between the same two bows, as a part of their distance; 0 is straight. */
export function bow(n: number, of: number, reversed: boolean): number {
  const bowed = (n - (of - 1) / 2) * 0.3
  return reversed ? -bowed : bowed
}

/** The point that bends an edge, y growing downwards; a quadratic Bézier curve leads from a to b by it. */
export function bend(a: Point, b: Point, curvature: number): Point {
  return {
    x: (a.x + b.x) / 2 + (b.y - a.y) * curvature,
    y: (a.y + b.y) / 2 - (b.x - a.x) * curvature,
  }
}

/** A point of an edge, from 0 at a to 1 at b. */
export function along(a: Point, b: Point, curvature: number, part: number): Point {
  const c = bend(a, b, curvature)
  const [u, v, w] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2]
  return { x: u * a.x + v * c.x + w * b.x, y: u * a.y + v * c.y + w * b.y }
}

/** How far a point is from an edge. */
export function distanceTo(p: Point, a: Point, b: Point, curvature: number): number {
  if (curvature === 0) return toSegment(p, a, b)
  const pieces = 16
  let nearest = Number.POSITIVE_INFINITY
  let from = a
  for (let i = 1; i <= pieces; i++) {
    const to = along(a, b, curvature, i / pieces)
    nearest = Math.min(nearest, toSegment(p, from, to))
    from = to
  }
  return nearest
}

function toSegment(p: Point, a: Point, b: Point): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const square = dx * dx + dy * dy
  const part = square === 0 ? 0 : Math.min(Math.max(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0), 1)
  return Math.hypot(p.x - a.x - part * dx, p.y - a.y - part * dy)
}
