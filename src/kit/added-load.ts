/** The fields that administrators added, from their records into the catalogue of this process. */
import type { SaidField } from './added.ts'
import { customField } from './added.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sql } from './database.ts'
import { run, sql } from './sql.ts'

interface Said extends SaidField {
  readonly org: number
  readonly record: string
  readonly name: string
  readonly isGone: boolean
}

/** @param only the one organisation whose fields are read; null for all of them, which needs a door to all */
export async function loadAdded(on: Sql, catalogue: Catalogue, only: number | null): Promise<void> {
  const turn = catalogue.takeTurn()
  const rows = await run<Said>(
    on,
    sql`select org, record, name, label, kind, help, required, options, to_ as "to", unit, confidentiality, listed, searched,
      coalesce(index = 'ready' and sorted, false) as "isIndexed", binned_at is not null as "isGone" from custom_field
      where ${only}::integer is null or org = ${only} order by id`,
  )
  const orgs = only === null ? await run<{ id: number }>(on, sql`select id from organisation`) : [{ id: only }]
  for (const { id } of orgs) {
    const own = rows.filter(({ org }) => org === id)
    catalogue.replaceCustomFields(
      id,
      own.map((row) => ({ record: row.record, name: row.name, field: customField(row), isGone: row.isGone })),
      turn,
    )
  }
}
