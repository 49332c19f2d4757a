// Debian's packages for tests: installed where that is safe, or only unpacked where a service would start by itself.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const isDebian = existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg')
let isUpdated = false

/** @returns false where it cannot be installed: no Debian, not root, or no such package. */
export async function installPackage(name: string, say: (sentence: string) => void): Promise<boolean> {
  if (!isDebian || process.getuid?.() !== 0) return false
  say(`Installing the package ${name} for the tests; this happens once and takes a minute or two …`)
  update()
  return succeeds('apt-get', ['install', '-y', '--no-install-recommends', name])
}

/**
 * Unpacks a package below `folder` without installing it: no account is made, and no service starts.
 * @returns false where there is no such package to be had.
 */
export async function unpackPackage(name: string, folder: string, say: (sentence: string) => void): Promise<boolean> {
  if (!isDebian) return false
  say(`Fetching the package ${name} for the tests; this happens once …`)
  const draft = `${folder}.new-${process.pid}`
  await mkdir(draft, { recursive: true })
  update()
  if (!succeeds('apt-get', ['download', name], draft)) return false
  const file = (await readdir(draft)).find((entry) => entry.endsWith('.deb'))
  if (!file || !succeeds('dpkg', ['-x', path.join(draft, file), folder])) return false
  await rm(draft, { recursive: true })
  return true
}

function update(): void {
  if (isUpdated || process.getuid?.() !== 0) return
  isUpdated = true
  succeeds('apt-get', ['update', '-qq'])
}

function succeeds(program: string, args: string[], folder = '/'): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // The download account of apt cannot write into our folder; root fetches by itself.
  const root = program === 'apt-get' ? ['-o', 'APT::Sandbox::User=root'] : []
  // Test files run beside one another, and two that install at once would find the other's lock in place of a package.
  const turn = ['-w', '600', path.join(tmpdir(), 'pilothouse-apt.lock'), program, ...root, ...args]
  const ran = spawnSync('flock', turn, { cwd: folder, env, stdio: 'ignore', timeout: 20 * 60_000 })
  return ran.status === 0
}
