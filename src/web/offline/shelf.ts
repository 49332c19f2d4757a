// What was read lately, kept on this device for the person who read it, and shown again while the server cannot be reached.
import type { Me, Model } from '../data/contract.ts'
import { endHere, stillHere } from '../notices/this-browser.ts'
import { canHold, canKeep, inDrawer } from './device.ts'
import { keepable } from './keepable.ts'

export interface Kept {
  readonly path: string
  /** When it was read, in milliseconds. */
  readonly at: number
  readonly body: unknown
}

const MOST = 400
let hasSaid = false
/** Whoever has not been online for so long reads nothing here any more. */
const DAYS_MS = 7 * 24 * 60 * 60_000

/** Keeps answers of the server, as far as they may be. Nothing while an administrator sees as somebody else. */
export async function keep(read: readonly Kept[], me: Me, model: Model): Promise<void> {
  if (me.viewer !== null || me.isVisit || me.person === null || !canKeep()) return
  await claim(ownerOf(me))
  if (!hasSaid) {
    hasSaid = true
    void stillHere().catch(() => {})
  }
  for (const { path, at, body } of read) {
    const clear = keepable(path, body, model)
    // Asked each time: it may be cleared meanwhile.
    if (clear !== undefined && canKeep())
      await inDrawer('answers', 'readwrite', (answers) => answers.put({ path, at, body: clear }))
  }
  await dropOldest()
}

/** What this address answered last; null when it is not kept, or too old. */
export async function found(path: string): Promise<Kept | null> {
  if (!canKeep()) return null
  const kept = await inDrawer<Kept | undefined>('answers', 'readonly', (answers) => answers.get(path))
  return kept !== undefined && Date.now() - kept.at < DAYS_MS ? kept : null
}

/** Forgets what was read; comments that wait stay. */
export async function forgetReads(): Promise<void> {
  if (canHold()) await inDrawer('answers', 'readwrite', (answers) => answers.clear())
}

/** Forgets everything: whoever comes next finds nothing, and is shown nothing. */
export async function forgetAll(): Promise<void> {
  if (!canHold()) return
  await empty()
  // Last: what asks the browser's service of push may take its time, and nothing of the above may wait for it.
  await endHere()
}

async function empty(): Promise<void> {
  await forgetReads()
  await inDrawer('comments', 'readwrite', (comments) => comments.clear())
  await inDrawer('owner', 'readwrite', (owner) => owner.clear())
}

export function ownerOf(me: Me): string {
  return `${me.org.id}/${me.person?.id ?? 0}`
}

/** What is here belongs to one person: for another one, it is emptied first; once, whoever claims at the same time. */
export async function claim(owner: string): Promise<void> {
  const isNew = await navigator.locks.request('pilothouse-owner', async () => {
    if (await isOwner(owner)) return false
    await empty()
    await inDrawer('owner', 'readwrite', (owners) => owners.put(owner, 'owner'))
    return true
  })
  if (isNew) await endHere()
}

/** Whether what is here is theirs. */
export async function isOwner(owner: string): Promise<boolean> {
  return (await inDrawer<unknown>('owner', 'readonly', (owners) => owners.get('owner'))) === owner
}

async function dropOldest(): Promise<void> {
  const paths = await inDrawer<IDBValidKey[]>('answers', 'readonly', (answers) => answers.index('at').getAllKeys())
  for (const path of paths.slice(0, Math.max(0, paths.length - MOST)))
    await inDrawer('answers', 'readwrite', (answers) => answers.delete(path))
}
