/**
 * Files in fields. A content is named by its hash, so a name alone must open nothing: whoever puts one into a field has
 * uploaded it, or may read a record that holds it.
 */
import { say } from '#engines/say.ts'
import { readable } from './access.ts'
import type { Actor } from './actor.ts'
import type { Catalogue } from './catalogue.ts'
import { clearFields } from './clearance.ts'
import type { Sql } from './database.ts'
import type { Field, KeptFile } from './field.ts'
import type { AnyRow, RecordType } from './record.ts'
import { plainSnake } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, raw, run, sql } from './sql.ts'

/** A file that a draft names. */
export interface FileWish {
  readonly field: Pick<Field, 'accept' | 'mostBytes'>
  readonly sha256: string
  /** What it is to be called; as it was uploaded where nothing is said. */
  readonly title?: string
  readonly keep: (file: KeptFile) => void
  readonly refuse: (because: string) => void
}
export interface FilesFor {
  readonly catalogue: Catalogue
  readonly on: Sql
  readonly actor: Actor
  /** The product itself writes, or somebody takes back what stood there: whoever in the organisation brought it. */
  readonly isTrusted: boolean
}
/** How long an upload that no record names, and a file that was taken out of a field, can be put in. */
export const UPLOAD_DAYS = 30

/** One statement for what the actor has uploaded, one more for what they have not. */
export async function lookUpFiles(of: FilesFor, wishes: readonly FileWish[]): Promise<void> {
  if (wishes.length === 0) return
  const names = new Set(wishes.map(({ sha256 }) => sha256))
  const found = await uploaded(of, [...names])
  const missing = [...names].filter((name) => !found.has(name))
  if (missing.length > 0) for (const [name, file] of await heldBySome(of, missing)) found.set(name, file)
  for (const wish of wishes) settle(wish, found.get(wish.sha256))
}
function settle({ field, title, keep, refuse }: FileWish, file: KeptFile | undefined): void {
  if (file === undefined) return refuse(say`This file is not there, or not yours to use. Upload it here.`)
  const because = misfit(field, file)
  if (because !== null) refuse(because)
  else keep({ ...file, title: title ?? file.title })
}
/** Why a file does not fit the field, or null. */
function misfit({ accept, mostBytes }: FileWish['field'], { title, size, type }: KeptFile): string | null {
  if (mostBytes !== undefined && size > mostBytes)
    return say`"${title}" is larger than ${Math.floor(mostBytes / 1_000_000)} MB. Choose a smaller one, or add a link to it.`
  if (accept === undefined || accept.some((one) => isOfType(type, one))) return null
  return say`"${title}" holds ${type.split(';', 1)[0] ?? ''}, which does not fit here. It may be: ${accept.join(', ')}.`
}
/** @param wanted `application/pdf`, or `image/*` */
export function isOfType(type: string, wanted: string): boolean {
  const plain = type.split(';', 1)[0] ?? ''
  return wanted.endsWith('/*') ? plain.startsWith(wanted.slice(0, -1)) : plain === wanted
}

interface Found extends KeptFile {
  readonly sha256: string
}
async function uploaded({ on, actor, isTrusted }: FilesFor, names: readonly string[]): Promise<Map<string, KeptFile>> {
  const mine = isTrusted ? raw('true') : sql`person = ${actor.person ?? 0}`
  return byName(
    await run<Found>(
      on,
      sql`select sha256, name as title, size, type from upload where org = ${actor.org} and sha256 = any(${names}::text[]) and ${mine} order by updated_at`,
    ),
  )
}
/** In a field, or attached. */
async function heldBySome(of: FilesFor, names: readonly string[]): Promise<Map<string, KeptFile>> {
  const { catalogue, on, actor } = of
  const attached = catalogue.find('file')
  const parts = catalogue.records.flatMap((record) => holders(of, record, names))
  if (attached !== null)
    parts.push(
      sql`select t.sha256, t.name as title, t.size::bigint as size, coalesce(t.type, '') as type from ${raw(attached.table)} t where t.org = ${actor.org} and t.sha256 = any(${names}::text[]) and ${seen(of, attached)}`,
    )
  return parts.length === 0 ? new Map() : byName(await run<Found>(on, join(parts, ' union all ')))
}
function holders(of: FilesFor, record: RecordType, names: readonly string[]): Fragment[] {
  const known = of.isTrusted ? record.fields : clearFields(of.actor, record)
  return Object.entries(known).flatMap(([name, { kind }]) => {
    if (kind !== 'attachment') return []
    const at = (part: string): Fragment => raw(`t.${plainSnake(name)}_${part}`)
    return [
      sql`select ${at('sha256')} as sha256, ${at('name')} as title, ${at('size')} as size, ${at('type')} as type from ${raw(record.table)} t where t.org = ${of.actor.org} and ${at('sha256')} = any(${names}::text[]) and ${seen(of, record)}`,
    ]
  })
}
function seen({ actor, catalogue, isTrusted }: FilesFor, record: RecordType): Fragment {
  return isTrusted ? raw('true') : readable(actor, record, catalogue)
}
function byName(rows: readonly Found[]): Map<string, KeptFile> {
  return new Map(rows.map(({ sha256, title, size, type }) => [sha256, { sha256, title, size: Number(size), type }]))
}

/** Somebody has brought a content: for some time they may put it into a field. */
export async function noteUpload(
  on: Sql,
  { org, person }: Pick<Actor, 'org' | 'person'>,
  file: KeptFile,
): Promise<void> {
  if (person === null) return
  await run(
    on,
    sql`insert into upload (org, person, sha256, name, size, type) values (${org}, ${person}, ${file.sha256}, ${file.title}, ${file.size}, ${file.type})
      on conflict (org, person, sha256) do update set name = excluded.name, updated_at = now()`,
  )
}
/** What was taken out of fields is kept as if whoever did so had uploaded it: it can be put back. */
export async function keepReplaced(
  on: Sql,
  actor: Actor,
  record: RecordType,
  [before, after]: [AnyRow, AnyRow],
): Promise<void> {
  for (const [name, { kind }] of Object.entries(record.fields)) {
    if (kind !== 'attachment') continue
    const [old, now] = [before[name], after[name]] as [KeptFile | null, KeptFile | null] // as the kind is read
    if (old !== null && old.sha256 !== now?.sha256) await noteUpload(on, actor, old)
  }
}
export async function forgetUploads(on: Sql): Promise<void> {
  await on.query(`delete from upload where updated_at < now() - interval '${UPLOAD_DAYS} days'`)
}
