import { type Memo, placeOf, type Run } from './memo'

/** A memo in Markdown, its sources numbered at the end. */
export function toMarkdown({ title, blocks, sources }: Memo): string {
  const lines = [`# ${plain(title)}`]
  for (const { type, runs } of blocks) {
    const words = runs.map(run).join('')
    if (type === 'heading') lines.push('', `## ${words}`)
    else if (type === 'subheading') lines.push('', `### ${words}`)
    else lines.push('', words.replace(/^(\d+)\. /, '$1\\. '))
  }
  if (sources.length > 0) lines.push('', '## 出处')
  for (const source of sources)
    lines.push('', `\\[${source.number}\\] “${plain(source.quote)}”——${plain(placeOf(source))}。<${source.link}>`)
  return `${lines.join('\n')}\n`
}

function run(one: Run): string {
  return typeof one === 'string' ? plain(one) : `\\[${one.cite}\\]`
}

function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&')
}
