// A real server over the demo's report, on a free port of this machine.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('../../', import.meta.url).pathname
const lantu = join(root, 'bin/lantu')
export const schemaFiles = join(root, 'schema/*.graphqls')

export const demoFolder = join(root, 'cmd/lantu/demo/')

// start gives the address of a server where everyone has the role, and how to stop it.
export async function start(role = 'reader') {
  const db = mkdtempSync(join(tmpdir(), 'lantu-clients-'))
  const load = spawnSync(lantu, ['load', '--db', db, join(demoFolder, 'qingyu-2024.txt')], { encoding: 'utf8' })
  if (load.status !== 0) throw new Error(`lantu load: ${load.error ?? load.stderr}`)
  const server = spawn(lantu, ['serve', '--db', db, '--addr', '127.0.0.1:0', '--role', role], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async () => {
    server.kill('SIGINT')
    await ended
    rmSync(db, { recursive: true })
  }
  const url = await new Promise((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (chunk) => {
      said += chunk
      const address = /^GraphQL\s+(http\S+)$/m.exec(said)
      if (address) resolve(address[1])
    })
    server.once('exit', (code) => reject(new Error(`lantu serve ended with ${code}: ${said}`)))
  })
  return { url, stop }
}
