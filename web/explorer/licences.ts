import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Licences whose code may be part of a work under Apache-2.0, given that their texts go with it. */
const fitting = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
])

/** Whether an SPDX expression lets the code be part of a work under Apache-2.0. */
export function fits(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1')
  if (/[()]/.test(bare)) return false
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((one) => fitting.has(one.trim())))
}

/** A package, and all that it says of its licence. */
export type Licensed = { name: string; version: string; licence: string; text: string }

/**
 * The packages that modules come from, and those that these depend on, whose code may be inside theirs
 * already. One without the text of a licence, or with one that does not fit, is an error.
 */
export function licencesOf(modules: Iterable<string>): Licensed[] {
  const found = new Map<string, Licensed>()
  const add = (folder: string) => {
    if (found.has(folder)) return
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    const text = texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
    const licence = String(about.license)
    if (!fits(licence)) throw new Error(`${about.name} has the licence ${licence}, which does not fit Apache-2.0`)
    if (!text) throw new Error(`${about.name} has no text of its licence, ${licence}, to go with it`)
    found.set(folder, { name: about.name, version: about.version, licence, text })
    for (const needed of Object.keys(about.dependencies ?? {}))
      if (!needed.startsWith('@types/')) add(folderOf(needed, folder))
  }
  for (const module of modules) {
    const folder = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(module.replace(/^\0/, ''))?.[0]
    if (folder && existsSync(join(folder, 'package.json'))) add(folder)
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Where Node finds a package that another one needs. */
function folderOf(name: string, from: string): string {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
    if (at === dirname(at)) throw new Error(`${name}, which ${from} needs, is not installed`)
  }
}

/** Plugins that write the licences of all that is built, workers too, into a file; `collect` goes to both. */
export function licences(fileName: string): { collect: () => Plugin; write: Plugin } {
  const modules = new Set<string>()
  return {
    collect: () => ({
      name: 'collect-modules',
      apply: 'build',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk') for (const id of Object.keys(chunk.modules)) modules.add(id)
      },
    }),
    write: {
      name: 'write-licences',
      apply: 'build',
      enforce: 'post',
      generateBundle() {
        const parts = licencesOf(modules).map(
          ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`,
        )
        this.emitFile({ type: 'asset', fileName, source: parts.join(`\n${'-'.repeat(72)}\n\n`) })
      },
    },
  }
}
