/**
 * Keeps the archive close behind the server: full segments are shipped, and every few minutes a segment is ended although it
 * is not full, so that little is lost with the disk. What fails is told, tried again, and never stops the product.
 */
import pg from 'pg'
import { bringFiles } from '#platform/archive/attachments.ts'
import { giveUpOldest, ship } from '#platform/archive/ship.ts'
import { now } from '#platform/clock.ts'
import { ask } from '#main/backup/doors.ts'
import { filesOf } from './files.ts'
import { say, saidOf, sayTrouble } from './said.ts'
import type { Archive } from './settings.ts'
import { sealing } from './settings.ts'

export interface Keeping {
  readonly everyMs?: number
  /** How long a segment may stay open; null never ends one (a command beside the server). */
  readonly cutMs?: number | null
  /** How much may wait for an archive that cannot be written. */
  readonly mostWaitingBytes?: number
  readonly onEvent?: (sentence: string, error?: unknown) => void
}
export interface Keeper {
  /** Does what is to be done now. Never fails: what went wrong stands on the health page. */
  tick(): Promise<void>
  /** Waits for what is under way. */
  stop(): Promise<void>
}
const EVERY_MS = 15_000
/** With the quarter of a minute above: less than five minutes are lost with the disk of the data. */
export const CUT_MS = 4 * 60_000
/** 256 segments: about a day of usual work. */
const MOST_WAITING_BYTES = 4 * 1024 ** 3
/** Attachments that were written down while we looked. */
const OVERLAP_MS = 10 * 60_000

export function keepArchive(archive: Archive, of: Keeping = {}): Keeper {
  const state: State = { cutAt: Date.now(), cutLsn: '', filesSince: new Date(0).toISOString(), isOver: false }
  let working: Promise<void> | null = null
  const tick = (): Promise<void> =>
    (working ??= round(archive, of, state)
      .catch((error: unknown) => of.onEvent?.('What happens to the archive cannot be written down.', error))
      .finally(() => {
        working = null
      }))
  const timer = setInterval(() => void tick(), of.everyMs ?? EVERY_MS)
  timer.unref()
  return {
    tick,
    stop: async () => {
      clearInterval(timer)
      state.isOver = true // what is left waits for the next start
      await working
    },
  }
}

interface State {
  cutAt: number
  cutLsn: string
  filesSince: string
  isOver: boolean
}
async function round(archive: Archive, of: Keeping, state: State): Promise<void> {
  const { dataFolder, spool } = archive
  try {
    if (of.cutMs !== null && Date.now() - state.cutAt >= (of.cutMs ?? CUT_MS)) await cut(archive, state)
    await shipAll(archive, () => state.isOver)
    if (saidOf(dataFolder).shipping !== undefined) of.onEvent?.('The log is archived again.')
    say(dataFolder, 'shipping', null)
  } catch (error) {
    if (isServerGone(error)) return // it is started again; nothing is written meanwhile
    if (saidOf(dataFolder).shipping === undefined) of.onEvent?.('The log cannot be archived; this is tried on.', error)
    sayTrouble(dataFolder, 'shipping', now(), error)
  }
  const gone = await giveUpOldest(spool, of.mostWaitingBytes ?? MOST_WAITING_BYTES)
  if (gone.length === 0) return
  of.onEvent?.(`The archive cannot be written and ${gone.length} segments of the log were given up.`)
  say(dataFolder, 'gaveUp', { at: now(), count: (saidOf(dataFolder).gaveUp?.count ?? 0) + gone.length })
}

/** @param isOver asked before each segment: true leaves the rest @returns the segments that came into the archive */
export async function shipAll(archive: Archive, isOver: () => boolean = () => false): Promise<string[]> {
  const { folder: root, cluster, spool } = archive
  return ship({ ...(await sealing()), root, cluster, spool, now, isOver })
}

/** New attachments first: what the log refers to is in the archive before the log is. */
async function cut(archive: Archive, state: State): Promise<void> {
  const began = Date.now()
  const names = await filesOf(archive.door, state.filesSince)
  await bringFiles({ ...(await sealing()), root: archive.folder, from: filesFolderOf(archive), now }, names)
  state.filesSince = new Date(began - OVERLAP_MS).toISOString()
  const rows = await ask<{ lsn: string }>(archive.door, 'select pg_current_wal_insert_lsn()::text as lsn')
  if (rows[0]?.lsn !== state.cutLsn) state.cutLsn = (await endSegment(archive)).lsn
  state.cutAt = began
}
export function filesFolderOf({ dataFolder }: Pick<Archive, 'dataFolder'>): string {
  return `${dataFolder}/files`
}
/**
 * Ends the present segment with a transaction: a recovery to a moment needs one after it.
 * @returns the segment that was ended, and where the log stands now
 */
export async function endSegment({ door }: Pick<Archive, 'door'>): Promise<{ segment: string; lsn: string }> {
  await ask(door, 'select pg_current_xact_id()')
  const rows = await ask<{ segment: string }>(door, 'select pg_walfile_name(pg_switch_wal()) as segment')
  const after = await ask<{ lsn: string }>(door, 'select pg_current_wal_insert_lsn()::text as lsn')
  return { segment: rows[0]?.segment ?? '', lsn: after[0]?.lsn ?? '' }
}
/** No connection (08…), shutting down or starting (57P…), or no socket at all. */
function isServerGone(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|57P)/.test(error.code ?? '')
  const code = error instanceof Error && 'code' in error ? error.code : null
  const call = error instanceof Error && 'syscall' in error ? error.syscall : null
  return call === 'connect' || code === 'ECONNRESET' || /Connection terminated/.test(String(error))
}
