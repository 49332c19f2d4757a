/** Which rows refer to contents of the file store: one answer for backups, the archive and the sweep of what nobody needs. */

/** The digest of a backup is that of its own file; what was given up refers to nothing. */
const OTHERS = `'backup', 'lost_file'`

/**
 * A content is named by a column `sha256`, whatever the table: attachments, uploads, imported files, issues of reports, access
 * packages; and by the column `…_sha256` of a field that holds a file. `isDated` tells whether its rows say when they were changed.
 */
export const TABLES_WITH_CONTENTS = `select quote_ident(c.table_name) as name, quote_ident(c.column_name) as column, exists (
    select from information_schema.columns d
    where d.table_schema = c.table_schema and d.table_name = c.table_name and d.column_name = 'updated_at'
  ) as "isDated"
  from information_schema.columns c
  where (c.column_name = 'sha256' or c.column_name like '%\\_sha256') and c.table_schema = current_schema() and c.table_name not in (${OTHERS}) order by 1, 2`

export interface TableWithContents {
  readonly name: string
  readonly column: string
  readonly isDated: boolean
}

/** SQL for the digests that these tables name, each once. @param since SQL: rows that say that they were not changed since are left out */
export function contentsIn(tables: readonly TableWithContents[], since: string | null = null): string {
  const parts = tables.map(({ name, column, isDated }) => {
    const when = since !== null && isDated ? ` and updated_at >= ${since}` : ''
    return `select ${column} as sha256 from ${name} where ${column} is not null${when}`
  })
  // None at all would leave every attachment out.
  if (parts.length < 2) throw new Error('The tables that refer to files were not found.')
  return parts.join(' union ')
}
