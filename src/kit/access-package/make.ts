/** Makes an access package: one ZIP with a page to read, the same as JSON, and the attachments that the person gave. */
import type { Readable } from 'node:stream'
import { speaking } from '#engines/say.ts'
import type { JobData, JobHandler, JobOptions } from '#kit/jobs.ts'
import type { FilesPort } from '#kit/routes/files.ts'
import { lastCode } from '#kit/seal/code.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { About, Deed, Withheld } from './gather.ts'
import { deedsOf, recordsAbout, signInOf } from './gather.ts'
import { packagePage } from './page.ts'

export interface ZipMember {
  readonly name: string
  readonly content: Buffer | Readable
}
/** Members come as they are asked for: one attachment is open at a time. */
export type ZipWriter = (members: AsyncIterable<ZipMember>) => AsyncIterable<Uint8Array>
export interface PackageParts {
  readonly store: Store
  readonly files: FilesPort
  readonly zip: ZipWriter
}
export const PACKAGE_JOB = 'access-package'
const MOST_BYTES = 4_000_000_000

export function packageJob(parts: PackageParts): { options: JobOptions; handler: JobHandler } {
  return { options: { retryLimit: 2 }, handler: (data) => make(parts, data) }
}
async function make(parts: PackageParts, data: JobData): Promise<void> {
  const { store } = parts
  const [org, id] = [Number(data['org']), String(data['id'])]
  const [asked] = await run<Asked>(
    store.db,
    sql`select a.person, a.state, f.value->>'language' as language from access_package a left join preference f on f.org = a.org and f.person = a.person where a.org = ${org} and a.id = ${id}::uuid`,
  )
  // It is the person who reads it, whoever asked for it.
  if (asked?.state === 'waiting') await speaking(asked.language, () => write(parts, { org, id, asked }))
}
interface Asked {
  readonly person: number
  readonly state: string
  readonly language: string | null
}
async function write(
  { store, files, zip }: PackageParts,
  { org, id, asked }: { org: number; id: string; asked: Asked },
): Promise<void> {
  const of = { store, org, person: asked.person }
  const records: About[] = []
  const withheld: Withheld[] = []
  for await (const some of recordsAbout(of)) {
    records.push(...some.records)
    withheld.push(...some.withheld)
  }
  const deeds: Deed[] = []
  for await (const some of deedsOf(of)) deeds.push(...some)
  const [names] = await run<{ name: string; organisation: string }>(
    store.db,
    sql`select p.name, o.name as organisation from person p join organisation o on o.id = p.org where p.org = ${org} and p.id = ${asked.person}`,
  )
  const facts = {
    name: names?.name ?? '',
    number: `P-${asked.person}`,
    organisation: names?.organisation ?? '',
    madeAt: store.now(),
    checkpoint: await lastCode(store.db),
    records,
    withheld,
    deeds,
    signIn: await signInOf(of),
  }
  const kept = await files.put(zip(members(files, facts)), { maxBytes: MOST_BYTES })
  await run(
    store.db,
    sql`update access_package set state = 'made', made_at = ${store.now()}, sha256 = ${kept.sha256}, size = ${kept.size}, records = ${records.length}, withheld = ${withheld.length} where org = ${org} and id = ${id}::uuid`,
  )
}
async function* members(files: FilesPort, facts: Parameters<typeof packagePage>[0]): AsyncGenerator<ZipMember> {
  yield { name: 'index.html', content: Buffer.from(packagePage(facts)) }
  yield { name: 'package.json', content: Buffer.from(JSON.stringify(facts, null, 1)) }
  for (const { number, contents } of facts.records)
    for (const { sha256, name } of contents) {
      const found = await files.open(sha256)
      if (found !== null) yield { name: `attachments/${number} ${fileName(name)}`, content: found.stream }
    }
}
/** A name that says nothing about folders. */
function fileName(name: string): string {
  return (name === '' ? 'file' : name).replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(0, 120)
}

/** Packages whose week is over: the content goes, that there was one stays. @returns how many */
export async function removeExpired({ store, files }: Pick<PackageParts, 'store' | 'files'>): Promise<number> {
  const old = await run<{ org: number; id: string; sha256: string | null }>(
    store.db,
    sql`update access_package p set state = 'expired', sha256 = null from access_package b where b.org = p.org and b.id = p.id and p.state in ('made', 'waiting') and p.expires_at < ${store.now()}::timestamptz returning p.org, p.id::text, b.sha256`,
  )
  for (const { sha256 } of old) if (sha256 !== null) await files.removeOlder(sha256, 0)
  return old.length
}
