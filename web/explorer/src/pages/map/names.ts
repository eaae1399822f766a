type Point = [number, number]
type Part = { name: string; centre: Point; area: number; known: boolean }
type Box = { left: number; top: number; right: number; bottom: number }

/** Room for a name, which is written with letters of 12 pixels. */
const letter = 13
const height = 16
// A part on which its own name would cover the neighbours.
const small = 900
const far = [26, 40, 56]
const directions = 16

/**
 * Where the names of parts stand, in the middle: on the part, or beside it, at the end of a line, where it is
 * small or another name stands there. Those that are in the graph come first, then the larger. A name for
 * which there is no room is left out.
 */
export function placeNames<P extends Part>(
  parts: P[],
  frame: { width: number; height: number },
): { part: P; at: Point }[] {
  const placed: { part: P; at: Point; box: Box }[] = []
  const order = (part: Part) => [Number(part.known), Number(part.area > small), part.area]
  for (const part of [...parts].sort((a, b) => compare(order(b), order(a)))) {
    const roomAt = (at: Point) => {
      const box = boxOf(part, at)
      const inside = box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height
      return inside && !placed.some((other) => touch(box, other.box)) ? box : null
    }
    const own = part.known || part.area > small
    const ways = far.flatMap((distance) => around(part.centre, distance))
    for (const at of own ? [part.centre, ...ways] : ways) {
      const box = roomAt(at)
      if (!box) continue
      placed.push({ part, at, box })
      break
    }
  }
  return placed
}

/** Points around one, those to the right first: the coast of China, where most small parts are, is there. */
function around([x, y]: Point, distance: number): Point[] {
  return Array.from({ length: directions }, (_, index): Point => {
    const turn = (Math.ceil(index / 2) * (index % 2 === 0 ? 1 : -1) * 2 * Math.PI) / directions
    return [x + distance * Math.cos(turn), y + distance * Math.sin(turn)]
  })
}

function boxOf({ name }: Part, [x, y]: Point): Box {
  const half = (Array.from(name).length * letter) / 2
  return { left: x - half, right: x + half, top: y - height / 2, bottom: y + height / 2 }
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function compare(a: number[], b: number[]): number {
  return a.map((one, index) => one - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}
