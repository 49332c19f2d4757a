/**
 * Takes what was deleted out of the files of a running cluster: a deleted row stays in its page until it is written over, what
 * the planner has sampled stays in its statistics, and the log tells of everything until its files are used again.
 */
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SEGMENT } from '#engines/wal.ts'

/** Asks the superuser's connection to the database that was emptied; one statement, outside of a transaction. */
export type Ask = <T extends object>(statement: string) => Promise<T[]>
const PATIENCE_MS = 120_000

/** @throws when the server keeps its old log, for instance because it cannot hand it over to the archive */
export async function scrub(ask: Ask, cluster: string): Promise<void> {
  await ask('delete from pg_statistic')
  await ask('delete from pg_statistic_ext_data')
  await ask('vacuum full')
  await ask('checkpoint')
  await renewLog(ask, path.join(cluster, 'pg_wal'))
}

/** Files of the log are used again under other names, with what stood in them: so they are written through, and then removed. */
async function renewLog(ask: Ask, folder: string): Promise<void> {
  const had = await segmentsIn(folder)
  const last = [...had.values()].sort().at(-1) ?? ''
  await ask('alter system set wal_recycle = off')
  await ask('select pg_reload_conf()')
  try {
    while ((await ended(ask)) <= last);
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(200)) {
      await ask('checkpoint')
      const left = [...(await segmentsIn(folder))].filter(([file]) => had.has(file))
      if (left.length === 0) return
      if (Date.now() > until)
        throw new Error(`The database still keeps ${left.length} files of its old log: ${left.map(([, name]) => name).join(', ')}.`) // oxfmt-ignore
    }
  } finally {
    await ask('alter system reset wal_recycle')
    await ask('select pg_reload_conf()')
  }
}
/** Ends the present segment, whose rest becomes zeros. @returns its name */
async function ended(ask: Ask): Promise<string> {
  await ask('select pg_current_xact_id()')
  const [row] = await ask<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name')
  return row?.name ?? ''
}
/** Names by what a file keeps that is renamed: its number, which another one may get later, and when it was made. */
async function segmentsIn(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => SEGMENT.test(name))
  const found = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(path.join(folder, name)).catch(() => null) // removed meanwhile
      return facts === null ? [] : [[`${facts.ino} ${facts.birthtimeMs}`, name] as const]
    }),
  )
  return new Map(found.flat())
}
