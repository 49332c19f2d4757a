/** What the demonstration leaves beside its rows: pages and log of the database, archive, files, backups, checkpoints. */
import { existsSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { filesFolder, leaveLine, lineOf, linesOf } from '#platform/archive/place.ts'
import { waiting } from '#platform/archive/ship.ts'
import { openStore } from '#platform/backup/store.ts'
import { scrub } from '#platform/postgres/scrub.ts'
import { clustersBefore } from './archive/to-time.ts'
import type { Archive } from './archive/settings.ts'
import { archiveOf } from './archive/settings.ts'
import { ask } from './backup/doors.ts'
import type { Installation } from './installation.ts'

/** What was removed, and sentences about what is not ours to remove. */
export interface Traces {
  readonly backups: number
  readonly isArchiveAnew: boolean
  readonly left: readonly string[]
}
type Backups = readonly { readonly place: string; readonly name: string }[]

/** Call when its rows are gone. @param backups that the book knew */
export async function removeTraces(of: Installation, backups: Backups): Promise<Traces> {
  const { removed, elsewhere } = await removeBackups(of, backups)
  const folder = of.config.dataFolder
  for (const name of inside(path.join(folder, 'files'))) rmSync(name, { recursive: true, force: true })
  const checkpoints = removeCheckpoints(of)
  const { isAnew, left } = await cleanCluster(of)
  return {
    backups: removed,
    isArchiveAnew: isAnew,
    left: [
      ...(elsewhere.length === 0
        ? []
        : [`Backups of it also lie here, which other installations may use too; delete them yourself:\n  ${elsewhere.join('\n  ')}`]), // oxfmt-ignore
      ...checkpoints,
      ...left,
    ],
  }
}
/** Backups in the data folder are of this installation alone; those in a place of the administrator's are only named. */
async function removeBackups(of: Installation, backups: Backups): Promise<{ removed: number; elsewhere: string[] }> {
  const store = openStore(path.join(of.config.dataFolder, 'backups'), process.env)
  const there = (await store.list()).map(({ name }) => name)
  for (const name of there) await store.remove(name)
  await of.db.query('delete from backup')
  const elsewhere = backups
    .filter(({ place }) => place !== store.place)
    .map(({ place, name }) => path.join(place, name))
  return { removed: there.length, elsewhere }
}
/** The signed heads speak of a journal that is gone, and the new one must not be held to them. */
function removeCheckpoints(of: Installation): string[] {
  const elsewhere = process.env['PILOTHOUSE_CHECKPOINTS']
  if (elsewhere === undefined) {
    const folder = of.config.dataFolder
    for (const name of readdirSync(folder))
      if (/^checkpoints(-of-demo-.*)?$/.test(name)) rmSync(path.join(folder, name), { recursive: true, force: true })
    return []
  }
  if (!existsSync(elsewhere)) return []
  const aside = `${elsewhere}-of-demo-${of.store.now().replace(/[:.]/g, '-')}`
  renameSync(elsewhere, aside)
  return [`The signed checkpoints of its journal (hashes only) are kept in ${aside}; delete the folder if nobody needs to prove what was there.`] // oxfmt-ignore
}

async function cleanCluster(of: Installation): Promise<{ isAnew: boolean; left: string[] }> {
  const { backupDoor: door, config } = of
  if (door === undefined)
    return {
      isAnew: false,
      left: ['Its rows are deleted. The log, the backups and the free pages of the external server hold them until they are written over: that is for its own administrators.'], // oxfmt-ignore
    }
  await scrub((statement) => ask(door, statement), path.join(config.dataFolder, 'postgres'))
  for (const file of inside(path.join(config.dataFolder, 'postgres-logs'))) truncateSync(file)
  const archive = archiveOf(config, door)
  const kept = [...(await databasesBefore(of)), ...clustersBefore(config.dataFolder)]
  return {
    isAnew: archive !== null,
    left: [
      ...(archive === null ? [] : await clearArchive(archive)),
      ...(kept.length === 0 ? [] : [`Kept since a restore, with whatever was in them: ${kept.join(', ')}. Drop them: pilothouse restore --drop-previous`]), // oxfmt-ignore
    ],
  }
}
async function databasesBefore({ backupDoor: door }: Installation): Promise<string[]> {
  if (door === undefined) return []
  const rows = await ask<{ name: string }>(
    door,
    `select datname as name from pg_database where datname like current_database() || '\\_before\\_%'`,
  )
  return rows.map(({ name }) => name)
}
/** The archive begins anew with the next base backup. One in a place of the administrator's may hold others' lines as well. */
async function clearArchive(archive: Archive): Promise<string[]> {
  const { folder: root, cluster, dataFolder, spool } = archive
  const line = await lineOf(cluster)
  await leaveLine(cluster)
  for (const { name } of await waiting(spool)) rmSync(path.join(spool, name), { force: true })
  const isOwn = root === path.join(dataFolder, 'archive')
  const lines = await linesOf(root)
  for (const one of lines.filter((name) => isOwn || name === line)) rmSync(path.join(root, one), { recursive: true, force: true }) // oxfmt-ignore
  if (isOwn) {
    rmSync(filesFolder(root), { recursive: true, force: true })
    return []
  }
  return [`Its attachments, and its log of before a restore, may lie in the archive ${root}, which other installations may use too; delete them yourself.`] // oxfmt-ignore
}
function inside(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []
}
