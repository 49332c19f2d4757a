/** What is known of a directory's entries before a run: who they are here, and what was last taken over from them. */
import { hash } from 'node:crypto'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { DirectoryEntry } from '#kit/federation/ports.ts'
import type { Provider } from '#kit/federation/settings.ts'

export interface KnownEntry {
  readonly subject: string
  readonly person: number
  readonly digest: string | null
  readonly dn: string | null
  readonly isActive: boolean
  /** They were marked as left because the directory said so: only then does it bring them back. */
  readonly isLeft: boolean
}
export async function knownEntries(
  on: Sql,
  { org, id }: Pick<Provider, 'org' | 'id'>,
): Promise<Map<string, KnownEntry>> {
  const rows = await run<KnownEntry>(
    on,
    sql`select i.subject, i.person, i.resource->>'digest' as digest, i.resource->>'dn' as dn, p.status = 'active' as "isActive", coalesce((i.resource->>'left')::boolean, false) as "isLeft"
      from identity i join person p on p.org = i.org and p.id = i.person where i.org = ${org} and i.provider = ${id} and p.binned_at is null`,
  )
  return new Map(rows.map((row) => [row.subject, row]))
}

/** The texts that are taken over, by the name of the person's field. */
export const TEXTS = ['name', 'email', 'jobTitle', 'phone', 'mobile', 'employeeNumber'] as const
/** What is compared with the next run: everything that is taken over, and where the entry stands. */
export interface Taken {
  readonly digest: string
  readonly dn: string
  /** The fields that the directory filled. */
  readonly filled: readonly string[]
  readonly left: boolean
}
export function takenOf(entry: DirectoryEntry): Taken {
  const { modified: _, ...told } = entry
  const filled = [...TEXTS, 'unit', 'location', 'manager'].filter(
    (name) => entry[name as keyof DirectoryEntry] !== null,
  )
  return { digest: hash('sha1', JSON.stringify(told), 'base64url'), dn: entry.dn, filled, left: entry.isDisabled }
}
/** DNs are the same in capitals and with spaces around their commas. */
export function dnKey(dn: string): string {
  return dn.toLowerCase().replaceAll(/\s*([,=+])\s*/g, '$1')
}
