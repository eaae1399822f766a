import {
  AlignmentType,
  Bookmark,
  convertMillimetersToTwip,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  InternalHyperlink,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  TextRun,
} from 'docx'
import { type Block, type Memo, placeOf, type Run } from './memo'

// Page, sizes and fonts follow GB/T 9704, with fonts that every office program has.
const font = (eastAsia: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia })
const song = font('宋体')
const hei = font('黑体')
// Half points: 二号, 三号, 五号.
const size = { title: 44, body: 32, source: 21 }
const line = { line: 560, lineRule: LineRuleType.EXACT }
const twoCharacters = { firstLine: (size.body / 2) * 20 * 2 }

/** A memo as a DOCX file; its numbers lead to the sources at its end, and these to the sentences. */
export function toDocx({ title, blocks, sources }: Memo): Promise<Blob> {
  const document = new Document({
    title,
    creator: '蓝图',
    styles: {
      default: {
        document: { run: { font: song, size: size.body, language: { eastAsia: 'zh-CN' } } },
        heading1: { run: { font: hei, size: size.body, color: '000000' }, paragraph: { spacing: line } },
        heading2: { run: { font: hei, size: size.body, color: '000000' }, paragraph: { spacing: line } },
        title: { run: { font: song, size: size.title, bold: true } },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
            margin: {
              top: convertMillimetersToTwip(37),
              bottom: convertMillimetersToTwip(35),
              left: convertMillimetersToTwip(28),
              right: convertMillimetersToTwip(26),
            },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: 28 })],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
            spacing: { after: 400 },
            children: [new TextRun({ text: title, ...chinese })],
          }),
          ...blocks.map(paragraph),
          ...(sources.length > 0 ? [paragraph({ type: 'heading', runs: ['出处'] })] : []),
          ...sources.map(
            (source) =>
              new Paragraph({
                spacing: { after: 80 },
                children: [
                  new Bookmark({ id: anchor(source.number), children: [small(`[${source.number}] `)] }),
                  small(`“${source.quote}”——${placeOf(source)}。`),
                  new ExternalHyperlink({
                    link: source.link,
                    children: [new TextRun({ text: '原句链接', style: 'Hyperlink', size: size.source })],
                  }),
                ],
              }),
          ),
        ],
      },
    ],
  })
  return Packer.toBlob(document)
}

// Quotation marks, which Latin and Chinese share, are Chinese ones.
const chinese = { font: { hint: 'eastAsia' } }
const small = (text: string) => new TextRun({ text, size: size.source, ...chinese })
const anchor = (number: number) => `source${number}`

function paragraph({ type, runs }: Block): Paragraph {
  const children = runs.map(child)
  if (type === 'heading') return new Paragraph({ heading: HeadingLevel.HEADING_1, indent: twoCharacters, children })
  if (type === 'subheading') return new Paragraph({ heading: HeadingLevel.HEADING_2, indent: twoCharacters, children })
  return new Paragraph({ spacing: line, indent: twoCharacters, alignment: AlignmentType.JUSTIFIED, children })
}

function child(run: Run): ParagraphChild {
  if (typeof run === 'string') return new TextRun({ text: run, ...chinese })
  return new InternalHyperlink({
    anchor: anchor(run.cite),
    children: [new TextRun({ text: `[${run.cite}]`, superScript: true })],
  })
}
