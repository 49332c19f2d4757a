// Builds the web app when its sources changed since the last build: a fresh clone builds once, a second start does not.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const inputs = ['package-lock.json', 'vite.config.ts', 'tsconfig.json']

/**
 * The folder with the built web app, `dist/web`.
 * @param root of the repository.
 * @param say is told when a build begins and ends; it takes some seconds.
 */
export async function buildWebIfStale(root: string, say: (sentence: string) => void): Promise<string> {
  const folder = path.join(root, 'dist', 'web')
  const stamp = path.join(folder, '.built')
  const wanted = await sourceHash(root)
  const built = await readFile(stamp, 'utf8').catch(() => '')
  if (built === wanted && existsSync(path.join(folder, 'index.html'))) return folder
  say('Building the web app; this happens once after each change of its sources …')
  const began = performance.now()
  await build(root)
  await writeFile(stamp, wanted)
  say(`Web app built in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  return folder
}

async function build(root: string): Promise<void> {
  // Loaded only when needed: the builder is large, and a running server has no use for it.
  const vite = await import('vite')
  // Whatever the process is for, what is served is the production build: NODE_ENV=test would bring React's own checks.
  const given = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  await vite.build({
    configFile: path.join(root, 'vite.config.ts'),
    // Given here too: the one in the file is relative to wherever the command was started.
    root: path.join(root, 'src', 'web'),
    mode: 'production',
    logLevel: 'warn',
  })
  if (given === undefined) delete process.env.NODE_ENV
  else process.env.NODE_ENV = given
}

async function sourceHash(root: string): Promise<string> {
  const hash = createHash('sha256')
  const sources = await readdir(path.join(root, 'src', 'web'), { recursive: true, withFileTypes: true })
  const files = sources.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const guide = await readdir(path.join(root, 'docs/guide'), { recursive: true })
  const texts = guide.filter((name) => name.endsWith('.md')).map((name) => path.join('docs/guide', name))
  const all = [...files, ...[...inputs, ...texts].map((name) => path.join(root, name))]
  for (const file of all.sort()) {
    hash.update(`${path.relative(root, file)}\0`)
    hash.update(await readFile(file))
  }
  return hash.digest('hex')
}
