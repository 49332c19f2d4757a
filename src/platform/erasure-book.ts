// The list of erased persons outside the database: one JSON line each, numbers only. A backup holds whoever was erased
// after it; this file, which a restore leaves alone, says whom to erase again.
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ErasureBook, NotedErasure } from '#kit/routes/person-erasure.ts'

/** @param place of the file; made with the first erasure, for this account only */
export function openErasureBook(place: string): ErasureBook {
  const all = async (): Promise<NotedErasure[]> => {
    const text = await readFile(place, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return text.split('\n').flatMap(read)
  }
  return {
    all,
    note: async ({ org, person, createdAt }) => {
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
      await appendFile(place, `${JSON.stringify({ org, person, createdAt })}\n`, { mode: 0o600, flush: true })
    },
  }
}
/** Half a line of a crash is passed over: its erasure had not begun. */
function read(line: string): NotedErasure[] {
  try {
    const { org, person, createdAt } = JSON.parse(line) as Record<string, unknown> // whatever the line holds
    return typeof org === 'number' && typeof person === 'number' && typeof createdAt === 'string'
      ? [{ org, person, createdAt }]
      : []
  } catch {
    return []
  }
}
