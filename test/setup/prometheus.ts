// Finds Prometheus and promtool, or unpacks Debian's package into .cache; nothing is installed, no service starts.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { unpackPackage } from './apt.ts'

export interface Prometheus {
  prometheus: string
  promtool: string
}

const cache = path.join(import.meta.dirname, '../../.cache/prometheus')
const folders = ['/usr/bin', '/usr/local/bin', path.join(cache, 'usr/bin')]

/** @returns why this machine has none, or null */
export async function prometheusMissing(): Promise<string | null> {
  if (inFolders() !== null || ((await unpackPackage('prometheus', cache, console.log)) && inFolders() !== null))
    return null
  return 'needs prometheus and promtool, which are not installed: apt-get install prometheus, or put both into /usr/local/bin'
}
/** Paths of both programs. A test starts the first itself, on a free loopback port, and ends it. @throws {Error} without them */
export function thePrometheus(): Prometheus {
  const found = inFolders()
  if (found === null) throw new Error('There is no Prometheus. Ask prometheusMissing first.')
  return found
}

function inFolders(): Prometheus | null {
  const folder = folders.find((place) => ['prometheus', 'promtool'].every((name) => existsSync(path.join(place, name))))
  return folder ? { prometheus: path.join(folder, 'prometheus'), promtool: path.join(folder, 'promtool') } : null
}
