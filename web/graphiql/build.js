// Copies what the binary serves at /graphiql out of node_modules into dist,
// with the licences of everything in it. Run by `npm run build`.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const modules = 'node_modules'
const files = [
  'react/umd/react.production.min.js',
  'react-dom/umd/react-dom.production.min.js',
  'graphiql/graphiql.min.js',
  'graphiql/graphiql.min.css',
]

for (const file of files) {
  const text = readFileSync(join(modules, file), 'utf8')
  // The maps are not served, so nobody should ask for them.
  writeFileSync(join('dist', basename(file)), text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=[^\n]*/g, ''))
}

function packages() {
  return readdirSync(modules).flatMap((name) => {
    if (name.startsWith('.')) return []
    if (!name.startsWith('@')) return [name]
    return readdirSync(join(modules, name)).map((inner) => join(name, inner))
  })
}

const licences = packages().sort().map((name) => {
  const folder = join(modules, name)
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry))
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `${name} ${version} (${license})\n\n${text}\n`
})
writeFileSync(join('dist', 'licences.txt'), licences.join('\n' + '-'.repeat(72) + '\n\n'))
