import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const lantu = fileURLToPath(new URL('../../../bin/lantu', import.meta.url))

/** The origins of servers that were stopped: a page that is left open may still ask them. */
export const stopped = new Set<string>()

export type Server = { url: string; stop: () => Promise<void> }

/** Runs bin/lantu with a database of its own on a free port: start('demo'), start('serve'). */
export async function start(command: string, ...args: string[]): Promise<Server> {
  return startOn(mkdtempSync(join(tmpdir(), 'lantu-explorer-')), command, ...args)
}

type Report = string | { name: string; text: string }

/** Serves a database of these reports: names of files in e2e/reports, or texts under names of their own. */
export function startWith(...reports: Report[]): Promise<Server> {
  return startAs('reader', ...reports)
}

/** The same, to someone of this role. */
export async function startAs(role: string, ...reports: Report[]): Promise<Server> {
  const db = mkdtempSync(join(tmpdir(), 'lantu-explorer-'))
  const files = reports.map((report) => {
    if (typeof report === 'string') return fileURLToPath(new URL(`reports/${report}`, import.meta.url))
    writeFileSync(join(db, report.name), report.text)
    return join(db, report.name)
  })
  execFileSync(lantu, ['load', '--db', join(db, 'db'), ...files], { stdio: 'ignore' })
  return startOn(db, 'serve', '--role', role)
}

async function startOn(db: string, command: string, ...args: string[]): Promise<Server> {
  const server = spawn(lantu, [command, '--db', join(db, 'db'), '--addr', '127.0.0.1:0', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async () => {
    stopped.add(new URL(url).origin)
    server.kill('SIGINT')
    await ended
    rmSync(db, { recursive: true })
  }
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk
      const address = /^GraphQL\s+(http\S+)\/graphql$/m.exec(said)?.[1]
      if (address) resolve(address)
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`lantu ${command} ended with ${code}: ${said}`)))
  })
  stopped.delete(new URL(url).origin)
  return { url, stop }
}

/** Before all tests: the demo, whose address they find in LANTU_DEMO. */
export default async function setup() {
  const { url, stop } = await start('demo')
  process.env.LANTU_DEMO = url
  return stop
}
