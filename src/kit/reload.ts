/** What each process remembers of its organisations, read anew at the start and whenever somebody has changed it. */
import { loadAdded } from './added-load.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sql } from './database.ts'
import { loadSettings } from './organisation-settings.ts'

/** Added fields and settings of all organisations, into the catalogue; needs a door to all of them. */
export async function loadOrganisations(of: { readonly db: Sql; readonly catalogue: Catalogue }): Promise<void> {
  await loadAdded(of.db, of.catalogue, null)
  await loadSettings(of.db, of.catalogue, null)
}

/** @param touched the records that were written, by name and id; null when it is not known which */
export async function reloadTouched(
  on: Sql,
  catalogue: Catalogue,
  org: number,
  touched: readonly (readonly [record: string, id: number])[] | null,
): Promise<void> {
  const concerns = (record: string): boolean => touched === null || touched.some(([name]) => name === record)
  if (concerns('customField')) await loadAdded(on, catalogue, org)
  if (concerns('organisation')) await loadSettings(on, catalogue, org)
}
