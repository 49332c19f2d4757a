// Every record, by its declaration: created, read, changed, refused, binned, restored, undone, with a complete history.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { RECORDS } from '#app'
import { otherValue } from '../setup/drafts.ts'
import { meaning, ok, records, refusal, sent, startWalk, writable, type Walk } from './walk.ts'
import { lost, misfits } from './misfits.ts'

let walk: Walk
before(async () => {
  walk = await startWalk()
  for (const record of records.filter(({ name }) => name !== 'customField')) {
    const body = { label: 'Wheels', record: record.name, name: 'wheels', kind: 'number' }
    ok(await walk.send('POST', '/customfields', { body }), 201)
  }
  await until(async () => walk.server.store.catalogue.customFields(1, records[0]?.name ?? '')['wheels'] !== undefined)
})

describe('the catalogue', () => {
  it('has records, and every one of them is in this suite or has a reason not to be', () => {
    assert.ok(records.length > 25)
    assert.deepEqual(
      RECORDS.filter((record) => !records.includes(record))
        .map(({ name }) => name)
        .sort(),
      ['importBatch', 'notice', 'reportIssue'],
    )
  })
})

for (const record of records)
  describe(record.label, () => {
    it('is created and read back the same, by id and by number', async () => {
      const draft = await walk.drafts.valid(record, { every: true })
      const answer = await walk.send('POST', `/${record.plural}`, { body: draft })
      const made = ok(answer, 201)
      assert.equal(answer.headers.get('location'), `/api/v1/${record.plural}/${made.id}`)
      for (const [name, field] of writable(record))
        if (name in draft && draft[name] !== null) assert.deepEqual(meaning(made[name]), sent(field, draft[name]), name)
      for (const key of [made.id, made.number])
        assert.deepEqual(plain(record, ok(await walk.send('GET', `/${record.plural}/${key}`))), plain(record, made))
      assert.equal(made.number, `${record.number}-${made.id}`)
    })

    it('is created with nothing more than it needs, and refused without each of that', async () => {
      const draft = await walk.drafts.valid(record)
      ok(await walk.send('POST', `/${record.plural}`, { body: draft }), 201)
      for (const [name, field] of writable(record)) {
        if (!field.required || field.default !== undefined) continue
        const { [name]: _without, ...rest } = await walk.drafts.valid(record)
        assert.deepEqual(refusal(await walk.send('POST', `/${record.plural}`, { body: rest }), 422), [`/${name}`])
        if (field.kind !== 'boolean')
          assert.deepEqual(
            refusal(await walk.send('POST', `/${record.plural}`, { body: { ...rest, [name]: null } }), 422),
            [`/${name}`],
          )
      }
    })

    it('refuses what does not fit, at its place', async () => {
      const row = await walk.make(record)
      const patch = async (body: unknown): Promise<string[]> =>
        refusal(await walk.send('PATCH', `/${record.plural}/${row.id}`, { body, rev: row.rev }), 422)
      assert.deepEqual(await patch({ unheardOf: 1, 'a/b~c': 2 }), ['/unheardOf', '/a~1b~0c'])
      for (const name of [
        'id',
        'rev',
        'number',
        'createdAt',
        'createdBy',
        'updatedAt',
        'binnedAt',
        'org',
        'constructor',
      ])
        assert.deepEqual(await patch({ [name]: 1 }), [`/${name}`], name)
      const wrong = Object.entries(record.fields).map(([name, field]) => ({ name, values: misfits(field) }))
      for (let round = 0; wrong.some(({ values }) => round < values.length); round++) {
        const body = Object.fromEntries(
          wrong.flatMap(({ name, values }) => (round < values.length ? [[name, values[round]]] : [])),
        )
        const pointers = await patch(body)
        assert.deepEqual(
          pointers.toSorted(),
          Object.keys(body)
            .map((name) => `/${name}`)
            .toSorted(),
          JSON.stringify(body).slice(0, 300),
        )
      }
      for (const [name, field] of Object.entries(record.fields))
        for (const value of lost(field)) assert.deepEqual(await patch({ [name]: value }), [`/${name}`], name)
      assert.deepEqual(await patch({ tags: ['two words'] }), ['/tags'])
      assert.deepEqual(await patch({ custom: { nothing: 1 } }), ['/custom/nothing'])
      assert.deepEqual(plain(record, await walk.get(record, row.id)), plain(record, row))
    })

    it('is changed field by field, one revision each, and its history replayed gives the row', async () => {
      let row = await walk.make(record)
      for (const [index, [name, field]] of writable(record).entries()) {
        const value = ['ref', 'any', 'refs', 'attachment'].includes(field.kind)
          ? await walk.drafts.value(record, { ...field, required: true })
          : otherValue(field, row[name], index)
        if (field.kind === 'json' || ruled.has(`${record.name}.${name}`)) continue
        const answer = await walk.send('PATCH', `/${record.plural}/${row.id}`, {
          body: { [name]: value },
          rev: row.rev,
        })
        const changed = ok(answer)
        assert.deepEqual(meaning(changed[name]), sent(field, value), name)
        assert.equal(
          changed.rev,
          row.rev + (JSON.stringify(meaning(row[name])) === JSON.stringify(meaning(changed[name])) ? 0 : 1),
        )
        row = changed
      }
      row = ok(
        await walk.send('PATCH', `/${record.plural}/${row.id}`, {
          body: { tags: ['Red', 'red', 'blue'], ...(record.name === 'customField' ? {} : { custom: { wheels: 4 } }) },
          rev: row.rev,
        }),
      )
      assert.deepEqual(row.tags, ['red', 'blue'])
      await replay(record, row)
    })

    it('asks for the revision, and does not overwrite what somebody else changed', async () => {
      const row = await walk.make(record, {})
      const path = `/${record.plural}/${row.id}`
      assert.deepEqual(refusal(await walk.send('PATCH', path, { body: { tags: ['a'] } }), 428), [])
      ok(await walk.send('PATCH', path, { body: { tags: ['a'] }, rev: row.rev }))
      const stale = await walk.send('PATCH', path, { body: { tags: ['b'] }, rev: row.rev })
      refusal(stale, 412)
      assert.partialDeepStrictEqual((stale.body as { current: AnyRow }).current, {
        id: row.id,
        rev: row.rev + 1,
        tags: ['a'],
      })
    })

    it('goes to the bin and comes back', async () => {
      const row = await walk.make(record, {})
      const path = `/${record.plural}/${row.id}`
      const lists = async (): Promise<boolean[]> => [
        (await walk.ids(record, `filter=id:${row.id}`)).includes(row.id),
        (await walk.ids(record, `filter=id:${row.id}&binned=true`)).includes(row.id),
      ]
      assert.deepEqual(await lists(), [true, false])
      assert.equal((await walk.send('DELETE', path)).status, 204)
      assert.deepEqual(await lists(), [false, true])
      refusal(await walk.send('DELETE', path), 409)
      refusal(await walk.send('PATCH', path, { body: { tags: ['x'] }, rev: row.rev + 1 }), 409)
      assert.equal(ok(await walk.send('POST', `${path}/restore`)).binnedAt, null)
      refusal(await walk.send('POST', `${path}/restore`), 409)
      assert.deepEqual(await lists(), [true, false])
    })

    it('is undone: its creation, a change, its bin, and many at once', async () => {
      const made = await walk.send('POST', `/${record.plural}`, { body: await walk.drafts.valid(record) })
      const { id, rev } = ok(made, 201)
      const path = `/${record.plural}/${id}`
      const changed = await walk.send('PATCH', path, { body: { tags: ['a', 'b'] }, rev })
      await undo(ok(changed) && changed.headers.get('x-request-id'))
      assert.deepEqual((await walk.get(record, id)).tags, [])
      await undo((await walk.send('DELETE', path)).headers.get('x-request-id'))
      assert.equal((await walk.get(record, id)).binnedAt, null)
      await undo(made.headers.get('x-request-id'))
      assert.notEqual((await walk.get(record, id)).binnedAt, null)
      const three = [await walk.make(record, {}), await walk.make(record, {}), await walk.make(record, {})].map(
        (row) => row.id,
      )
      const bulk = ok(
        await walk.send('POST', `/${record.plural}/bulk`, { body: { ids: three, change: { tags: ['many'] } } }),
      ) as unknown as { request: string; done: number; failed: unknown[] }
      assert.deepEqual([bulk.done, bulk.failed], [3, []])
      assert.deepEqual(await walk.ids(record, 'filter=tags:many&sort=id'), three)
      await undo(bulk.request)
      assert.deepEqual(await walk.ids(record, 'filter=tags:many'), [])
    })

    it(
      'holds added fields that are typed, filtered, sorted and shown',
      { skip: record.name === 'customField' && 'an added field has no added fields' },
      async () => {
        const row = await walk.make(record, {})
        const path = `/${record.plural}/${row.id}`
        assert.deepEqual(
          refusal(await walk.send('PATCH', path, { body: { custom: { wheels: 'four' } }, rev: row.rev }), 422),
          ['/custom/wheels'],
        )
        ok(await walk.send('PATCH', path, { body: { custom: { wheels: 77 } }, rev: row.rev }))
        assert.deepEqual(await walk.ids(record, 'filter=wheels:77&sort=id'), [row.id])
        assert.deepEqual(await walk.ids(record, 'filter=custom.wheels>76 wheels<78&sort=id'), [row.id])
        const info = ok(await walk.send('GET', '/records')) as unknown as {
          records: { name: string; fields: { name: string; custom: boolean }[] }[]
        }
        assert.ok(
          info.records
            .find(({ name }) => name === record.name)
            ?.fields.some(({ name, custom }) => name === 'wheels' && custom),
        )
      },
    )
  })

/** Fields that a rule of the domain ties to others, so that one alone may not change; the domain tests them. */
const ruled = new Set([
  'agreement.kind',
  'dependency.minimum',
  'incident.waitingUntil',
  'measure.better',
  'measure.limit',
  'measure.target',
  'position.status',
  'target.clock',
  'target.workingMinutes',
  'target.workingDays',
  'calendar.timeZone',
  'location.timeZone',
  'person.timeZone',
  'absence.firstDay',
  'absence.lastDay',
  'calendar.feed',
  'obligation.rule',
  'report.rule',
  'customField.record',
  'customField.name',
  'customField.kind',
  'customField.required',
  'customField.to',
  'customField.unit',
  'calendar.holidayCountry',
  'calendar.holidayRegion',
  'majorIncident.incident',
  'news.isLast',
  'survey.status',
  'savedView.record',
  'savedView.query',
  'savedView.team',
  'legalHold.rows',
  'legalHold.record',
  'legalHold.filter',
])

/** Declared and common values, without what belongs to the page. */
function plain(record: RecordType, row: AnyRow): Record<string, unknown> {
  return Object.fromEntries(
    ['id', 'number', 'rev', 'createdAt', 'updatedAt', 'binnedAt', 'tags', 'custom', ...Object.keys(record.fields)].map(
      (name) => [name, meaning(row[name])],
    ),
  )
}

async function replay(record: RecordType, row: AnyRow): Promise<void> {
  const state: Record<string, unknown> = {}
  const entries: { changes: { field: string; from: unknown; to: unknown }[] }[] = []
  let after = ''
  do {
    const page = ok(await walk.send('GET', `/${record.plural}/${row.id}/history?limit=7${after}`)) as unknown as {
      items: typeof entries
      next: string | null
    }
    entries.push(...page.items)
    after = page.next === null ? '' : `&after=${page.next}`
  } while (after !== '')
  for (const { changes } of entries.reverse())
    for (const { field, from, to } of changes) {
      assert.deepEqual(blank(meaning(from)), blank(state[field]), `${field} was something else before`)
      state[field] = meaning(to)
      // An added field is told by its own name, and kept with the others in one.
      if (field.startsWith('custom.')) state['custom'] = { ...Object(state['custom']), [field.slice(7)]: meaning(to) }
    }
  const cached = new Set(record.cached ?? [])
  for (const name of [...Object.keys(record.fields), 'tags', 'custom'])
    if (!cached.has(name)) assert.deepEqual(blank(state[name]), blank(meaning(row[name])), `${name} by its history`)
}
function blank(value: unknown): unknown {
  const isBlank =
    value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  return isBlank ? null : value
}
async function undo(request: string | null): Promise<void> {
  const answer = ok(await walk.send('POST', '/undo', { body: { request } })) as unknown as {
    undone: number
    kept: unknown[]
  }
  assert.ok(answer.undone > 0 && answer.kept.length === 0, JSON.stringify(answer))
}
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 1500 && !(await isSo()); round++) await new Promise((done) => setTimeout(done, 20))
  assert.ok(await isSo(), 'waited thirty seconds in vain')
}
