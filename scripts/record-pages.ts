/** A page of documentation per record, written from its declaration. */
import type { RecordType } from '../src/kit/record.ts'
import { labelOf } from '../src/kit/field.ts'

/** Markdown: what it is, its fields, its states and moves, who may do what, its addresses. */
export function recordPage(record: RecordType): string {
  const lines = [
    `# ${record.label}`,
    '',
    record.about,
    '',
    `Numbers: \`${record.number}-1\` · API: \`/api/v1/${record.plural}\` · table: \`${record.table}\``,
    '',
    '## Fields',
    '',
    '| field | kind | needed | what it says |',
    '|---|---|---|---|',
    ...Object.entries(record.fields).map(
      ([name, field]) =>
        `| \`${name}\` | ${kindOf(field)} | ${field.stamped ? 'set by Pilothouse' : field.required && field.default === undefined ? 'yes' : ''} | ${[
          field.label ?? labelOf(name),
          field.help,
        ]
          .filter((part) => (part ?? '') !== '')
          .join('. ')
          .replaceAll('|', '\\|')} |`,
    ),
    '',
  ]
  if (record.flow !== null) {
    lines.push('## Moves', '', '| move | from | to | who | needs |', '|---|---|---|---|---|')
    for (const move of record.flow.moves)
      lines.push(
        `| ${move.label} (\`${move.name}\`) | ${move.from.join(', ')} | ${move.to} | ${move.by.join(', ')} | ${(move.needs ?? []).join(', ')} |`,
      )
    lines.push('')
  }
  lines.push('## Who may do what', '', '| deed | who |', '|---|---|')
  for (const deed of ['read', 'create', 'update'] as const) lines.push(`| ${deed} | ${record.can[deed].join(', ')} |`)
  lines.push(
    `| bin | ${(record.can.bin ?? record.can.update).join(', ')} |`,
    '',
    'Administrators may do everything. `field:x` is the person in that field of the record.',
    '',
  )
  return lines.join('\n')
}
function kindOf(field: RecordType['fields'][string]): string {
  if (field.to !== undefined) return `${field.kind} → ${field.to}`
  if (field.options !== undefined) return `${field.kind}: ${field.options.map((option) => option.value).join(', ')}`
  return field.unit === undefined ? field.kind : `${field.kind} (${field.unit})`
}

/** The page that leads to the others. */
export function recordIndex(areas: Readonly<Record<string, readonly RecordType[]>>): string {
  const lines = ['# Records', '', 'Generated from the declarations by `npm run generate`.', '']
  for (const [area, records] of Object.entries(areas))
    lines.push(
      `## ${labelOf(area)}`,
      '',
      ...records.map((record) => `- [${record.label}](${record.name}.md): ${record.about}`),
      '',
    )
  return lines.join('\n')
}
