/** What an organisation has set for the rules of its work, in the memory of each process as added fields are. */
import { defaultMatrix } from '#engines/priority.ts'
import type { PriorityMatrix } from '#engines/priority.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sql } from './database.ts'
import { run, sql } from './sql.ts'

export interface OrganisationSettings {
  /** Whole days after which what was resolved, and not reopened, is closed. */
  readonly closeAfterDays: number
  /** Whole days after closing within which it may be reopened; later a new record tells the truth better. */
  readonly reopenWithinDays: number
  readonly priorityMatrix: PriorityMatrix
}
/** Of an organisation that has set nothing. */
export const usualSettings: OrganisationSettings = {
  closeAfterDays: 7,
  reopenWithinDays: 14,
  priorityMatrix: defaultMatrix,
}

/** @param only the one organisation whose settings are read; null for all of them, which needs a door to all */
export async function loadSettings(on: Sql, catalogue: Catalogue, only: number | null): Promise<void> {
  const turn = catalogue.takeTurn()
  const rows = await run<{ org: number; kept: Partial<OrganisationSettings> }>(
    on,
    sql`select id as org, settings as kept from organisation where ${only}::integer is null or id = ${only}`,
  )
  for (const { org, kept } of rows) catalogue.replaceSettings(org, settingsIn(kept), turn)
}
export function settingsIn({
  closeAfterDays,
  reopenWithinDays,
  priorityMatrix,
}: Partial<OrganisationSettings>): OrganisationSettings {
  return {
    closeAfterDays: closeAfterDays ?? usualSettings.closeAfterDays,
    reopenWithinDays: reopenWithinDays ?? usualSettings.reopenWithinDays,
    priorityMatrix: priorityMatrix ?? usualSettings.priorityMatrix,
  }
}
