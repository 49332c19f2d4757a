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

/**
 * Paths of both programs. A test starts the first itself, on a free loopback port, and ends it.
 * @throws {Error} with what to install when they are not to be had.
 */
export async function findPrometheus(say: (sentence: string) => void = () => {}): Promise<Prometheus> {
  const found = inFolders() ?? ((await unpackPackage('prometheus', cache, say)) ? inFolders() : null)
  if (found) return found
  throw new Error(
    'This test needs Prometheus, and there is none. On Debian or Ubuntu: apt-get install prometheus. Elsewhere put prometheus and promtool into /usr/local/bin.',
  )
}

function inFolders(): Prometheus | null {
  const folder = folders.find((place) => ['prometheus', 'promtool'].every((name) => existsSync(path.join(place, name))))
  return folder ? { prometheus: path.join(folder, 'prometheus'), promtool: path.join(folder, 'promtool') } : null
}
