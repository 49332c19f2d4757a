// Puts another cluster into the place of the present one. Two renames are not one step, so a note says what is meant:
// whoever starts the server next finishes what was begun.
import { existsSync } from 'node:fs'
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Names of folders in the data folder. */
interface Note {
  /** The new cluster. */
  readonly from: string
  /** What the present one is called from then on; null when there is none. */
  readonly before: string | null
}
const noteName = 'exchange.json'
const clusterName = 'postgres'

/** Call under the folder's lock, while no server runs there. */
export async function exchangeClusters(home: string, note: Note): Promise<void> {
  const draft = path.join(home, `.${noteName}`)
  await writeFile(draft, JSON.stringify(note), { flush: true })
  await rename(draft, path.join(home, noteName))
  await syncFolder(home)
  await finishExchange(home)
}

/** Finishes an exchange that was begun; does nothing when there is none. Call under the folder's lock. */
export async function finishExchange(home: string): Promise<void> {
  const text = await readFile(path.join(home, noteName), 'utf8').catch(() => null)
  if (text === null) return
  const { from, before } = JSON.parse(text) as Note // written and flushed by us, then renamed: it is whole
  const [source, cluster] = [path.join(home, from), path.join(home, clusterName)]
  if (existsSync(source)) {
    if (before !== null && existsSync(cluster)) await rename(cluster, path.join(home, before))
    await rename(source, cluster)
    await syncFolder(home)
  }
  await rm(path.join(home, noteName), { force: true })
}
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
