import { csvLine } from '../../csv'
import type { GraphQuotesQuery, Kind, Relation } from '../../graphql/graphql'
import type { Point } from './address'
import { along, bend } from './geometry'

/** An entity as it stands in files. */
export type FileDot = {
  id: string
  name: string
  kind: Kind
  kindName: string
  mentions: number
  at: Point
  radius: number
  color: string
}

/** A connection as it stands in files. */
export type FileLine = {
  from: string
  to: string
  relation: Relation | null
  label: string
  curvature: number
  faint: boolean
  claims: FileClaim[]
}

export type FileClaim = Extract<GraphQuotesQuery['nodes'][number], { __typename?: 'Claim' }>

/** The graph as it is given in files. */
export type Sheet = {
  title: string
  dots: FileDot[]
  lines: FileLine[]
  colours: { paper: string; ink: string; muted: string; line: string; faint: string }
  font: string
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Guards words for XML, and drops what XML 1.0 cannot hold. */
export function xml(words: string | number): string {
  return (
    String(words)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"']/g, (one) => escapes[one] ?? one)
  )
}

const labelSize = 13
const lineLabelSize = 10.5
const margin = 40
// How wide the drawing is for how much there is on it, in pixels.
const roomFor = (dots: number) => Math.min(Math.max(900, 130 * Math.sqrt(dots) * 1.6), 6_000)

/** About how wide words are: Chinese ones as wide as high, others half of it. */
function widthOf(words: string, size: number): number {
  let width = 0
  for (const letter of words) width += (letter.codePointAt(0) ?? 0) > 0x2e7f ? size : size * 0.58
  return width
}

/** Draws the whole graph as SVG: every name, every line with its relation, and a legend of the kinds. */
export function toSvg(sheet: Sheet): string {
  const { dots, lines, colours } = sheet
  const xs = dots.map(({ at }) => at.x)
  const ys = dots.map(({ at }) => at.y)
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), -Math.max(...ys), -Math.min(...ys)]
  const scale = roomFor(dots.length) / Math.max(right - left, bottom - top, 1)
  const reach = Math.max(...dots.map(({ radius, name }) => radius + widthOf(name, labelSize)), 0)
  const width = (right - left) * scale + 2 * margin + reach
  const legend = [...new Map(dots.map(({ kind, kindName, color }) => [kind, { kindName, color }])).values()]
  const height = (bottom - top) * scale + 2 * margin + 40
  const where = new Map(
    dots.map(({ id, at }) => [id, { x: (at.x - left) * scale + margin, y: (-at.y - top) * scale + margin }]),
  )
  const n = (value: number) => Math.round(value * 10) / 10
  const radius = new Map(dots.map((dot) => [dot.id, dot.radius]))

  const drawnLines = lines.flatMap(({ from, to, curvature, faint, label }) => {
    const [a, b] = [where.get(from), where.get(to)]
    if (!a || !b) return []
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
    // The arrow ends where the dot begins.
    const part = Math.max(1 - ((radius.get(to) ?? 0) + 2) / length, 0.5)
    const tip = along(a, b, curvature, part)
    const bent = bend(a, b, curvature)
    const c = { x: a.x + (bent.x - a.x) * part, y: a.y + (bent.y - a.y) * part }
    const color = faint ? colours.faint : colours.line
    const words = along(a, b, curvature, 0.5)
    return [
      `<path d="M${n(a.x)} ${n(a.y)}${curvature === 0 ? 'L' : `Q${n(c.x)} ${n(c.y)} `}${n(tip.x)} ${n(tip.y)}" stroke="${color}" marker-end="url(#arrow${faint ? '-faint' : ''})"/>`,
      `<text x="${n(words.x)}" y="${n(words.y)}" class="line">${xml(label)}</text>`,
    ]
  })
  const drawnDots = dots.flatMap(({ id, name, radius, color }) => {
    const at = where.get(id)
    if (!at) return []
    return [
      `<circle cx="${n(at.x)}" cy="${n(at.y)}" r="${n(radius)}" fill="${color}"/>`,
      `<text x="${n(at.x + radius + 4)}" y="${n(at.y + labelSize / 3)}" class="dot">${xml(name)}</text>`,
    ]
  })
  let legendAt = margin
  const drawnLegend = legend.map(({ kindName, color }) => {
    const x = legendAt
    legendAt += 28 + widthOf(kindName, labelSize)
    return `<circle cx="${n(x)}" cy="${n(height - 24)}" r="6" fill="${color}"/><text x="${n(x + 10)}" y="${n(height - 24 + labelSize / 3)}" class="dot">${xml(kindName)}</text>`
  })
  const marker = (name: string, color: string) =>
    `<marker id="${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.5L8 4L0 7.5Z" fill="${color}"/></marker>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(Math.max(width, legendAt + margin))}" height="${Math.ceil(height)}" font-family="${xml(sheet.font)}">`,
    `<title>${xml(sheet.title)}</title>`,
    `<style>text{paint-order:stroke;stroke:${colours.paper};stroke-width:3px;stroke-linejoin:round}.dot{font-size:${labelSize}px;fill:${colours.ink}}.line{font-size:${lineLabelSize}px;fill:${colours.muted};text-anchor:middle;dominant-baseline:central}path{fill:none;stroke-width:1.5}marker path{fill:inherit}</style>`,
    `<defs>${marker('arrow', colours.line)}${marker('arrow-faint', colours.faint)}</defs>`,
    `<rect width="100%" height="100%" fill="${colours.paper}"/>`,
    ...drawnLines,
    ...drawnDots,
    ...drawnLegend,
    '</svg>',
  ].join('\n')
}

/** Makes a PNG of an SVG, twice as fine where that is not too large for a canvas. */
export async function toPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const scale = Math.min(2, 8_000 / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth * scale
    canvas.height = image.naturalHeight * scale
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('canvas')
    return blob
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Entities and connections with their claims and sentences, as JSON. */
export function toJson({ title, dots, lines }: Sheet): string {
  return `${JSON.stringify(
    {
      title,
      nodes: dots.map(({ id, name, kind, mentions, at }) => ({ id, name, kind, mentions, x: at.x, y: at.y })),
      edges: lines.map(({ from, to, relation, claims }) => ({
        source: from,
        target: to,
        relation,
        derived: relation === null,
        claims: claims.map(({ __typename, ...claim }) => claim),
      })),
    },
    null,
    2,
  )}\n`
}

/** The same as GraphML, which Gephi, yEd and NetworkX read; of several sentences, the best. */
export function toGraphml({ dots, lines }: Sheet): string {
  const keys = [
    ['node', 'label', 'string'],
    ['node', 'kind', 'string'],
    ['node', 'mentions', 'int'],
    ['node', 'x', 'double'],
    ['node', 'y', 'double'],
    ['edge', 'relation', 'string'],
    ['edge', 'derived', 'boolean'],
    ['edge', 'claim', 'string'],
    ['edge', 'modality', 'string'],
    ['edge', 'quote', 'string'],
    ['edge', 'report', 'string'],
    ['edge', 'permalink', 'string'],
  ] as const
  const data = (of: 'node' | 'edge', values: Record<string, string | number | null | undefined>) =>
    Object.entries(values)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => `<data key="${of}-${name}">${xml(value ?? '')}</data>`)
      .join('')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([of, name, type]) => `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`),
    '<graph edgedefault="directed">',
    ...dots.map(
      ({ id, name, kind, mentions, at }) =>
        `<node id="${xml(id)}">${data('node', { label: name, kind, mentions, x: at.x, y: at.y })}</node>`,
    ),
    ...lines.map(({ from, to, relation, claims }, i) => {
      const [best] = claims
      const [evidence] = best?.evidence ?? []
      return `<edge id="e${i}" source="${xml(from)}" target="${xml(to)}">${data('edge', {
        relation,
        derived: String(relation === null),
        claim: best?.id,
        modality: best?.modality,
        quote: evidence?.quote,
        report: evidence?.report?.title,
        permalink: evidence?.permalink,
      })}</edge>`
    }),
    '</graph>',
    '</graphml>',
    '',
  ].join('\n')
}

/** The lines of a table of connections: one for each sentence that says one. `head` names the columns. */
export function toCsv({ dots, lines }: Sheet, head: string[]): string[] {
  const names = new Map(dots.map(({ id, name }) => [id, name]))
  const kinds = new Map(dots.map(({ id, kindName }) => [id, kindName]))
  return [
    csvLine(head),
    ...lines.flatMap(({ from, to, label, claims }) => {
      const ends = [names.get(from), kinds.get(from), label, names.get(to), kinds.get(to)]
      const said = claims.flatMap((claim) =>
        claim.evidence.map(({ quote, sentence, report, permalink, confidence }) =>
          csvLine([
            ...ends,
            claim.modality,
            quote,
            sentence,
            report?.title,
            report?.date,
            report?.file,
            permalink,
            confidence,
            claim.id,
          ]),
        ),
      )
      return said.length > 0 ? said : [csvLine([...ends, ...Array<string>(head.length - ends.length).fill('')])]
    }),
  ]
}
