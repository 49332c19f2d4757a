/** Absences: a person is away once at a time, and whoever acts for them is somebody else who is there. */
import { say } from '#engines/say.ts'
import { touches } from '#kit/misfits.ts'
import { throwIfUnfit } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'

export const absenceRules: Rules = {
  fits: async (facts) => ({ deputy: await deputyProblem(facts) }),
  // Asked among all rows: others of the same request or file may be away on the same days.
  after: async (facts) => throwIfUnfit({ firstDay: await overlapProblem(facts) }),
}

async function deputyProblem(facts: Deriving): Promise<string | null> {
  const { after, actor, on } = facts
  const deputy = idIn(after['deputy'])
  if (deputy === null || !touches(facts, ['person', 'deputy', 'firstDay', 'lastDay'])) return null
  if (deputy === idIn(after['person']))
    return say`P-${deputy} is the one who is away. Name somebody else, or leave it empty.`
  const rows = await run<{ has_left: boolean; absence: number | null }>(
    on,
    sql`select p.status = 'left' as has_left, (
        select a.id from absence a where a.org = p.org and a.person = p.id and a.binned_at is null and a.id <> ${after.id}
          and a.first_day <= ${after['firstDay']}::date and a.last_day >= ${after['lastDay']}::date limit 1
      ) as absence from person p where p.org = ${actor.org} and p.id = ${deputy}`,
  )
  const found = rows[0]
  if (found?.has_left === true) return say`P-${deputy} has left and cannot act for anybody. Name somebody else.`
  return found === undefined || found.absence === null
    ? null
    : say`P-${deputy} is away on all of these days too (ABS-${found.absence}). Name somebody who is there.`
}

async function overlapProblem(facts: Deriving): Promise<string | null> {
  const { after, actor, on } = facts
  if (!touches(facts, ['person', 'firstDay', 'lastDay'])) return null
  const rows = await run<{ id: number }>(
    on,
    sql`select id from absence where org = ${actor.org} and person = ${idIn(after['person'])} and binned_at is null and id <> ${after.id}
      and first_day <= ${after['lastDay']}::date and last_day >= ${after['firstDay']}::date order by id limit 1`,
  )
  return rows[0] === undefined
    ? null
    : say`P-${idIn(after['person'])} is away on some of these days already: ABS-${rows[0].id}. Change that absence, or give days beside it.`
}
