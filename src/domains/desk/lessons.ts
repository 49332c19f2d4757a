/** The review of a major incident: each line of what we change becomes an improvement action with an owner and a day. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { conflict } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { action } from '#kit/records/steering.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { majorIncident } from './around.ts'

export interface Wanted {
  readonly id: number
  /** Only these lines; all lines of the review when null. */
  readonly lines: readonly string[] | null
  readonly owner: number | string | null
  readonly dueOn: string | null
}

/** Lines as people write them: list marks, numbers and boxes go; headings and empty lines are no lessons. */
export function lessonsIn(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .map((line) =>
      line
        .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+/, '')
        .replace(/^\[[ xX]\]\s+/, '')
        .trim(),
    )
  return [...new Set(lines.filter((line) => /[\p{L}\p{N}]/u.test(line)))]
}

/** Makes actions of the lessons that have none yet. @throws conflict when there is nothing to make */
export async function actionsFromLessons(
  store: Store,
  actor: Actor,
  wanted: Wanted,
): Promise<{ created: readonly AnyRow[]; present: readonly string[] }> {
  return store.transaction(actor, async (unit) => {
    const major = await store.get(actor, majorIncident, wanted.id, { unit, binned: false })
    const lessons = wanted.lines ?? lessonsIn(String(major['lessons'] ?? ''))
    if (lessons.length === 0)
      throw conflict(say`${major.number} has no lessons yet. Write one change per line under "What we change".`)
    const known = await run<{ subject: string }>(
      unit.on,
      sql`select subject from action where org = ${actor.org} and on_record = 'majorIncident' and on_id = ${major.id} and binned_at is null`,
    )
    const present = new Set(known.map(({ subject }) => subject))
    const created: AnyRow[] = []
    for (const lesson of new Set(lessons)) {
      const subject = lesson.length <= 200 ? lesson : `${lesson.slice(0, 199)}…`
      if (present.has(subject)) continue
      const draft = {
        subject,
        because: say`Review of ${major.number} (${String(major['subject'])}): ${lesson}`,
        on: { record: 'majorIncident', id: major.id },
        duty: '4',
        owner: wanted.owner,
        dueOn: wanted.dueOn,
      }
      created.push(await store.create(actor, action, draft, { unit }))
      present.add(subject)
    }
    if (created.length === 0) throw conflict(say`Every lesson of ${major.number} is an improvement action already.`)
    return { created, present: known.map(({ subject }) => subject) }
  })
}
