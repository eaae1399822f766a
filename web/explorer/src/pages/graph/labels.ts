import type { Point } from './address'

/** On which side of its dot a name stands. */
export type Side = 'right' | 'left' | 'below' | 'above'
/** A dot in pixels, and how wide its name is. */
export type Spot = Point & { size: number; width: number }
/** A dot that is named. */
export type Dot = { id: string; spot: Spot }
export type Box = { left: number; top: number; right: number; bottom: number }

const sides: Side[] = ['right', 'left', 'below', 'above']
const space = 4
const costs = { name: 1_000, frame: 80, dot: 60, line: 10 }

/** Where a name of this height stands beside its dot. */
export function boxOf({ x, y, size, width }: Spot, side: Side, height: number): Box {
  const far = size + space
  if (side === 'right') return { left: x + far, right: x + far + width, top: y - height / 2, bottom: y + height / 2 }
  if (side === 'left') return { left: x - far - width, right: x - far, top: y - height / 2, bottom: y + height / 2 }
  const [left, right] = [x - width / 2, x + width / 2]
  return side === 'below'
    ? { left, right, top: y + far, bottom: y + far + height }
    : { left, right, top: y - far - height, bottom: y - far }
}

/**
 * The side for each name, one after the other, where it covers none of the names that stand already, the
 * fewest dots and lines, and stays in the frame. Right is best of equals. A name that has no such place
 * has no side; the first `always` stand in any case.
 */
export function chooseSides(
  named: Dot[],
  dots: Dot[],
  lines: [Point, Point][],
  frame: Box,
  height: number,
  always = 0,
): (Side | null)[] {
  const names: Box[] = []
  return named.map(({ id, spot }, index) => {
    let best: { side: Side; box: Box; cost: number } | undefined
    for (const side of sides) {
      const box = boxOf(spot, side, height)
      const covered = names.filter((name) => touch(box, name)).length
      if (covered > 0 && index >= always) continue
      const outside =
        box.left < frame.left || box.top < frame.top || box.right > frame.right || box.bottom > frame.bottom
      const cost =
        costs.name * covered +
        (outside ? costs.frame : 0) +
        costs.dot * dots.filter((dot) => dot.id !== id && touch(box, around(dot.spot))).length +
        costs.line * lines.filter(([a, b]) => crosses(a, b, box)).length
      if (!best || cost < best.cost) best = { side, box, cost }
    }
    if (best) names.push(best.box)
    return best?.side ?? null
  })
}

function around({ x, y, size }: Spot): Box {
  return { left: x - size, top: y - size, right: x + size, bottom: y + size }
}

/** Whether two boxes share a point. */
export function touch(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** Whether a straight line passes a box (Liang and Barsky). */
function crosses(a: Point, b: Point, { left, top, right, bottom }: Box): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  let [from, to] = [0, 1]
  for (const [along, room] of [
    [-dx, a.x - left],
    [dx, right - a.x],
    [-dy, a.y - top],
    [dy, bottom - a.y],
  ] as const) {
    if (along === 0) {
      if (room < 0) return false
    } else if (along < 0) from = Math.max(from, room / along)
    else to = Math.min(to, room / along)
  }
  return from <= to
}
