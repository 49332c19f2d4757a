// An import of many small teams: work in the background that takes as long as it has rows.
import type { Call } from './call.ts'

/** @returns the id of the import, which is running */
export async function beginCrews(call: Call, token: string, rows: number, name = 'Crew'): Promise<number> {
  const lines = Array.from({ length: rows }, (_, nth) => `${name} ${nth}`)
  const form = new FormData()
  form.set('record', 'team')
  form.set('file', new Blob([`name\n${lines.join('\n')}\n`], { type: 'text/csv' }), 'crews.csv')
  const made = await call('POST', '/imports', { token, body: form })
  const { id } = made.body as { id: number } // refused below when it is none
  const begun = await call('POST', `/imports/${id}/run`, { token, body: {} })
  if (begun.status >= 300) throw new Error(`${made.text} ${begun.text}`)
  return id
}
