// The demonstration company: as true as if every row had been written through the store.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { defaultMatrix, priorityOf } from '#engines/priority.ts'
import { checkValue, isEmpty } from '#kit/check.ts'
import type { Database } from '#kit/database.ts'
import type { Field } from '#kit/field.ts'
import { entryFrom, leafOf } from '#kit/journal.ts'
import type { JournalRow } from '#kit/journal.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import { isPassword } from '#kit/sign-in/password.ts'
import { isSetUp } from '#kit/sign-in.ts'
import type { ReactionEntry } from '#kit/reaction.ts'
import { columnsOf } from '#kit/table.ts'
import { tallies, tallyValue } from '#kit/tally.ts'
import { searchText } from '#kit/words.ts'
import { makeWordsAgain } from '#kit/words-again.ts'
import type { NamedMove } from '#kit/workflow.ts'
import { hasWords, idIn } from '#kit/write.ts'
import { loadDemo } from '#demo'
import { incident } from '#desk'
import { location, personRecord } from '#people'
import { recompute } from '../../src/domains/services/clock-cache.ts'
import { incidentClocks } from '../../src/domains/desk/incident-clocks.ts'
import { actor, catalogue, loadCompany, loadedAt, missedBy, scale, silent, type Loaded } from '../setup/demo-company.ts'
import { follow } from '../setup/follow.ts'

interface ClockRow {
  readonly state: string
}
async function allRows({ db, store }: Loaded, record: RecordType): Promise<AnyRow[]> {
  const ids = await db.query<{ id: number }>(`select id from ${record.table} order by id`)
  return store.many(
    actor,
    record,
    ids.map(({ id }) => id),
  )
}
type History = Map<string, JournalRow[]>
async function histories(db: Database): Promise<History> {
  const rows = await db.query<JournalRow>('select * from journal order by record, record_id, occurred_at, id')
  return Map.groupBy(rows, (row) => `${row.record}/${row.record_id}`)
}
/** A value with references as ids, so that a title that changed later makes no difference. */
function bare(field: Field | undefined, value: unknown): unknown {
  if (field?.kind === 'refs' && Array.isArray(value)) return value.map(idIn)
  if (field?.kind === 'ref') return idIn(value)
  if (field?.kind === 'any' && typeof value === 'object' && value !== null && 'record' in value)
    return [value.record, idIn(value)]
  return value ?? null
}

describe('the demonstration company', () => {
  let here: Loaded
  let history: History
  const rows = new Map<RecordType, AnyRow[]>()
  before(async () => {
    here = await loadCompany()
    history = await histories(here.db)
    for (const record of catalogue.records) rows.set(record, await allRows(here, record))
  })
  const each = (check: (record: RecordType, row: AnyRow, told: readonly JournalRow[]) => void): void => {
    for (const [record, all] of rows)
      for (const row of all) check(record, row, history.get(`${record.name}/${row.id}`) ?? [])
  }

  it('has told its people the newest days, and has no mails of the past', async () => {
    assert.deepEqual(await missedBy(here.db, { org: 1, at: loadedAt }), [])
    assert.deepEqual(await here.db.query("select 1 as one from inbox where last_at < $1::timestamptz - interval '3 days'", [loadedAt]), []) // oxfmt-ignore
    for (const pile of ['notice_mail', 'notice_push']) assert.deepEqual(await here.db.query(`select 1 as one from ${pile}`), [], pile) // oxfmt-ignore
  })

  it('has as many incidents as were asked for, and people of all kinds', () => {
    assert.equal(rows.get(incident)?.length, scale.incidents)
    for (const name of [
      'person',
      'team',
      'unit',
      'location',
      'position',
      'absence',
      'service',
      'dependency',
      'calendar',
      'agreement',
      'target',
      'category',
      'cannedReply',
      'comment',
      'timeEntry',
      'survey',
      'majorIncident',
      'news',
      'measure',
      'measurement',
      'obligation',
      'task',
      'action',
    ]) {
      assert.ok((here.made.rows[name] ?? 0) > 0, `no ${name} was made`)
    }
  })
  it('tells history that leads exactly to the row', () => {
    each((record, row, told) => {
      assert.equal(row.rev, told.length, `${row.number}: revision and number of entries differ`)
      const replayed: Record<string, unknown> = {}
      for (const { changes } of told) {
        for (const [field, [from, to]] of Object.entries(changes)) {
          assert.deepEqual(
            bare(record.fields[field], replayed[field]),
            bare(record.fields[field], from),
            `${row.number}.${field}: an entry begins where none had ended`,
          )
          replayed[field] = to
        }
      }
      for (const [name, field] of Object.entries(record.fields)) {
        if (record.cached?.includes(name) === true) continue
        const [was, is] = [bare(field, replayed[name]), bare(field, row[name])]
        if (isEmpty(was) && isEmpty(is)) continue
        assert.deepEqual(was, is, `${row.number}.${name} is not what its history says`)
      }
      assert.equal(row.updatedAt, told.at(-1)?.occurred_at, `${row.number} was updated at another time`)
      assert.ok(
        told.every(({ occurred_at }) => occurred_at <= loadedAt),
        `${row.number} has a future`,
      )
    })
  })
  it('reaches every state by a move that the workflow has', () => {
    each((record, row, told) => {
      if (record.flow === null) return
      const field = record.flow.field
      for (const { action, changes } of told) {
        const [from, to] = changes[field] ?? []
        if (to === undefined || action === 'create') continue
        const move: NamedMove | undefined = record.flow.moves.find(
          (one) => `move:${one.name}` === action && one.to === to && one.from.includes(String(from)),
        )
        assert.ok(move !== undefined, `${row.number} went from ${from} to ${to} by ${action}`)
      }
    })
  })
  it('holds only values that its fields allow', () => {
    each((record, row) => {
      for (const [name, field] of Object.entries(record.fields)) {
        const value = row[name]
        if (isEmpty(value))
          assert.ok(
            !field.required || field.kind === 'boolean' || field.kind === 'json',
            `${row.number}.${name} is empty`,
          )
        else {
          const checked = checkValue(field, value)
          assert.ok(!('because' in checked), `${row.number}.${name}: ${'because' in checked ? checked.because : ''}`)
          if (field.kind === 'text' || field.kind === 'longText')
            assert.ok(
              !/[{}]/.test(String(value)) || record.name === 'cannedReply',
              `${row.number}.${name} has an unfilled slot: ${String(value)}`,
            )
        }
      }
    })
  })
  it('refers to what exists', async () => {
    for (const record of catalogue.records) {
      for (const [name, field] of Object.entries(record.fields)) {
        if (field.kind !== 'ref' && field.kind !== 'refs') continue
        const column = columnsOf(name, field)[0]?.name ?? snake(name)
        const target = catalogue.get(field.to ?? '').table
        const ids = field.kind === 'refs' ? `unnest(t.${column})` : `t.${column}`
        const lost = await here.db.query<{ id: number }>(
          `select x.id from (select ${ids} as id from ${record.table} t) x left join ${target} o on o.org = 1 and o.id = x.id where x.id is not null and o.id is null limit 1`,
        )
        assert.deepEqual(lost, [], `${record.name}.${name} refers to a lost ${field.to}`)
      }
    }
    const people = await here.db.query<{ actor: number }>(
      'select actor from journal j where actor is not null and not exists (select 1 from person p where p.org = j.org and p.id = j.actor) limit 1',
    )
    assert.deepEqual(people, [])
  })
  it('counts what is there', async () => {
    for (const [record, all] of rows) {
      for (const by of [[], ...(record.tallies ?? [])]) {
        const counted = Object.fromEntries(
          Map.groupBy(all, (row) => by.map((field) => tallyValue(row[field])).join('|'))
            .entries()
            .map(([value, list]) => [value, list.length]),
        )
        assert.deepEqual(
          Object.fromEntries(await tallies(here.db, actor, record.name, by)),
          counted,
          `${record.name} by ${by.join('+')}`,
        )
      }
      const [counter] = await here.db.query<{ last: number }>('select last from counter where org = 1 and name = $1', [
        record.name,
      ])
      assert.equal(counter?.last ?? 0, Math.max(0, ...all.map((row) => row.id)), `next number of ${record.name}`)
    }
  })
  it('can be searched by words, as PostgreSQL itself would have split them', async () => {
    for (const [record, all] of rows) {
      if (!hasWords(record) || all.length === 0) continue
      const texts = all.map((row) => searchText(record, row))
      const wrong = await here.db.query<{ id: number; words: string; wanted: string }>(
        `select v.id, s.words::text, to_tsvector('simple', v.text)::text as wanted from unnest($1::bigint[], $2::text[]) v (id, text)
         left join ${record.table}_search s on s.org = 1 and s.id = v.id where s.words is distinct from to_tsvector('simple', v.text) limit 1`,
        [all.map((row) => row.id), texts],
      )
      assert.deepEqual(wrong, [], `words of ${record.name}`)
    }
  })
  it('has its words in the present form, so nothing goes through them again', async () => {
    assert.equal(await makeWordsAgain(here.db, catalogue, loadedAt), 0)
    const left = await here.db.query(`select record from words_again where below is not null or pass < 2`)
    assert.deepEqual(left, [])
    await here.db.query('delete from words_again')
    assert.equal(await makeWordsAgain(here.db, catalogue, loadedAt), 0, 'and that is true')
  })
  it('seals every entry with its own leaf', async () => {
    for (const list of history.values())
      for (const row of list)
        assert.ok(row.leaf.equals(leafOf(entryFrom(row), row.salt)), `${row.record}/${row.record_id} ${row.action}`)
    const ids = [...history.values()].flat().map(({ id }) => id)
    assert.equal(new Set(ids).size, here.made.entries)
    const requests = new Set([...history.values()].flat().map(({ request }) => request))
    assert.equal(requests.size, here.made.entries, 'undo of one step would take others along')
  })
  it('follows the rules of incidents', () => {
    const units = new Map(rows.get(personRecord)?.map((row) => [row.id, idIn(row['unit'])]))
    for (const row of rows.get(incident) ?? []) {
      assert.equal(
        row['priority'],
        priorityOf(defaultMatrix, String(row['impact']), String(row['urgency'])),
        row.number,
      )
      assert.equal(
        idIn(row['unit']),
        units.get(idIn(row['requester']) ?? 0) ?? null,
        `${row.number}: unit of the requester`,
      )
      const times = ['openedAt', 'respondedAt', 'resolvedAt', 'closedAt']
        .map((name) => row[name])
        .filter((at) => typeof at === 'string')
      assert.deepEqual(times, times.toSorted(), `${row.number}: its times are out of order`)
    }
  })
  it('has the clocks that the service levels would compute', async () => {
    const kept = (): Promise<ClockRow[]> =>
      here.db.query<ClockRow>(
        "select * from clock where name in ('firstResponse', 'resolution') order by record_id, name",
      )
    const levels = (): Promise<object[]> =>
      here.db.query('select id, due_at, level from incident where id <= $1 order by id', [scale.incidents])
    const [clocks, shown] = [await kept(), await levels()]
    const nowMs = Math.floor(Date.parse(loadedAt) / 1000) * 1000
    const ids = (rows.get(incident) ?? []).map((row) => row.id)
    await here.db.transaction((on) =>
      recompute({ db: here.db, on, org: 1, catalogue, record: incident, clocks: incidentClocks, nowMs }, ids),
    )
    assert.deepEqual(await kept(), clocks)
    assert.deepEqual(await levels(), shown)
    const states = new Set(clocks.map(({ state }) => state))
    // Whether one still runs depends on the hour: at the end of a week-end none of so few may be left.
    for (const state of ['met', 'breached', 'stopped']) assert.ok(states.has(state), `no clock is ${state}`)
  })
  it('adds up the time that was worked', async () => {
    const wrong = await here.db.query(
      'select i.id from incident i left join lateral (select coalesce(sum(minutes), 0)::integer as minutes from time_entry t where t.org = i.org and t.on_record = $1 and t.on_id = i.id) s on true where s.minutes <> i.worked_minutes',
      ['incident'],
    )
    assert.deepEqual(wrong, [])
  })
  it('lets the four sign in, and nobody with a known password', async () => {
    assert.equal(here.made.logins.length, 4)
    for (const login of here.made.logins) {
      const [kept] = await here.db.query<{ password: string }>('select password from credential where email = $1', [
        login.email,
      ])
      assert.ok(await isPassword(login.password, kept?.password ?? ''))
    }
    assert.ok(await isSetUp(here.db))
  })
  it('lets reactions pass over its past, and follow what comes after', async () => {
    const heard: ReactionEntry[] = []
    const reaction = {
      name: 'passed-over',
      records: ['location'],
      handle: async (_: unknown, entries: readonly ReactionEntry[]): Promise<void> => void heard.push(...entries),
    }
    await follow(here, reaction)
    assert.deepEqual(heard, [])
    await here.store.create(actor, location, { name: 'Aarhus' })
    await follow(here, reaction)
    assert.deepEqual(
      heard.map(({ record, action }) => [record, action]),
      [['location', 'create']],
    )
  })
  it('can be worked on at once', async () => {
    const created = await here.store.create(actor, incident, { subject: 'A new one after the demonstration' })
    assert.equal(created.id, scale.incidents + 1)
  })
  it('refuses to be loaded over an organisation', async () => {
    await assert.rejects(loadDemo({ db: here.db, ...silent }, { scale }), /empty installation only/)
  })
})

describe('the demonstration, told twice', () => {
  it('is the same for the same seed and moment, and another for another seed', async () => {
    const [one, same, other] = [
      await digest((await loadCompany(3)).db),
      await digest((await loadCompany(3)).db),
      await digest((await loadCompany(4)).db),
    ]
    assert.deepEqual(one, same)
    assert.notEqual(one['incident'], other['incident'])
  })
  async function digest(db: Database): Promise<Record<string, string>> {
    const made: Record<string, string> = {}
    for (const table of [
      ...catalogue.records.map((record) => record.table),
      'clock',
      'tally',
      'counter',
      'role_grant',
    ]) {
      const drop = table === 'role_grant' ? "- 'granted_at'" : ''
      const [row] = await db.query<{ hash: string }>(
        `select md5(coalesce(string_agg(x, '' order by x), '')) as hash from (select (to_jsonb(t) ${drop})::text as x from ${table} t) y`,
      )
      made[table] = row?.hash ?? ''
    }
    const [journal] = await db.query<{ hash: string }>(
      "select md5(string_agg(encode(leaf, 'hex'), '' order by id)) as hash from journal",
    )
    return { ...made, journal: journal?.hash ?? '' }
  }
})
