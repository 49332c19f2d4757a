// Every move of every workflow: made where it may be, refused with its reason where it may not.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { isAllowed, system } from '#kit/actor.ts'
import { isEmpty } from '#kit/check.ts'
import { usualSettings } from '#kit/organisation-settings.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import type { NamedMove } from '#kit/workflow.ts'
import type { Who } from '../setup/server.ts'
import { ok, records, refusal, startWalk, type Walk } from './walk.ts'

let walk: Walk
before(async () => {
  walk = await startWalk()
})

for (const record of records)
  for (const move of record.flow?.moves ?? [])
    for (const from of move.from)
      describe(`${record.label}: ${move.label} (${from} → ${move.to})`, () => {
        it('is offered and made, stamps what it says, and is written down with its reason', async () => {
          const row = await inState(record, from)
          const filled = await needed(record, move)
          const offered = offers(row).find(({ name, to }) => name === move.name && to === move.to)
          assert.ok(offered?.allowed, `not offered: ${offered?.because}`)
          assert.deepEqual([offered.needs, offered.asks], [move.needs ?? [], move.asks ?? []])
          const moved = ok(
            await walk.send('POST', path(record, row, move), {
              body: { ...filled, reason: 'because the test says so' },
              rev: row.rev,
            }),
          )
          assert.equal(moved[record.flow?.field ?? ''], move.to)
          for (const name of Object.keys(stamps(record, move, row)))
            if (stamps(record, move, row)[name] !== null) assert.ok(!isEmpty(moved[name]), `${name} was not stamped`)
          const history = ok(await walk.send('GET', `/${record.plural}/${row.id}/history?limit=1`)) as unknown as {
            items: { action: string; reason: string; origin: string }[]
          }
          assert.partialDeepStrictEqual(history.items, [
            { action: `move:${move.name}`, reason: 'because the test says so', origin: 'api' },
          ])
          if (!final.has(`${record.name}.${move.name}`)) await undone(record, row)
        })

        it('wants what it needs, and takes nothing that it does not offer', async () => {
          const row = await inState(record, from, { isBare: true })
          for (const name of (move.needs ?? []).filter((one) => isEmpty(row[one]))) {
            const { [name]: _without, ...rest } = await needed(record, move)
            assert.deepEqual(refusal(await walk.send('POST', path(record, row, move), { body: rest }), 422), [
              `/${name}`,
            ])
          }
          assert.deepEqual(refusal(await walk.send('POST', path(record, row, move), { body: { unheardOf: 1 } }), 422), [
            '/unheardOf',
          ])
          const strange = Object.entries(record.fields).find(
            ([name, field]) =>
              field.kind === 'text' && !field.stamped && ![...(move.needs ?? []), ...(move.asks ?? [])].includes(name),
          )?.[0]
          if (strange !== undefined)
            assert.ok(
              refusal(
                await walk.send('POST', path(record, row, move), {
                  body: { ...(await needed(record, move)), [strange]: 'x' },
                }),
                422,
              ).includes(`/${strange}`),
            )
        })

        it('is refused to roles that it is not for, and from the bin', async () => {
          const row = await inState(record, from)
          for (const who of ['requester', 'auditor', 'agent', 'manager'] as const satisfies Who[]) {
            const person = walk.server.people[who]
            if (isAllowed({ ...system(1, 'x'), roles: person.roles }, move.by)) continue
            const answer = await walk.send('POST', path(record, row, move), {
              as: who,
              body: await needed(record, move),
            })
            assert.ok([403, 404].includes(answer.status), `${who}: ${answer.text}`)
            refusal(answer, answer.status)
            if (answer.status === 404) continue
            const seen = ok(await walk.send('GET', `/${record.plural}/${row.id}`, { as: who }))
            const offered = offers(seen).find(({ name }) => name === move.name)
            assert.ok(
              offered?.allowed === false && (offered.because ?? '').length > 5,
              `${who} is offered ${move.name}`,
            )
          }
          assert.equal((await walk.send('DELETE', `/${record.plural}/${row.id}`)).status, 204)
          assert.match(
            because(await walk.send('POST', path(record, row, move), { body: await needed(record, move) })),
            /in the bin/,
          )
        })

        it('made by two at once is made once', async () => {
          const row = await inState(record, from)
          const body = await needed(record, move)
          const both = await Promise.all(
            [1, 2].map(() => walk.send('POST', path(record, row, move), { body, rev: row.rev })),
          )
          assert.deepEqual(
            both.map(({ status }) => status).toSorted((a, b) => a - b),
            [200, 412],
            both.map(({ text }) => text).join('\n'),
          )
        })
      })

for (const record of records.filter(({ flow }) => flow !== null))
  describe(`${record.label} in each state`, () => {
    const states = record.fields[record.flow?.field ?? '']?.options ?? []
    for (const { value: state, label } of states)
      it(`"${label}" refuses every move that does not begin there, and says where it begins`, async () => {
        const row = await inState(record, state)
        const moves = record.flow?.moves ?? []
        for (const name of new Set(moves.map((move) => move.name))) {
          if (moves.some((move) => move.name === name && move.from.includes(state))) continue
          assert.match(
            because(await walk.send('POST', `/${record.plural}/${row.id}/${name}`, { body: {} })),
            / is only possible from /,
          )
        }
        const listed = offers(row).map(({ name, to }) => `${name}>${to}`)
        assert.deepEqual(
          listed.toSorted(),
          moves
            .filter((move) => move.from.includes(state))
            .map((move) => `${move.name}>${move.to}`)
            .toSorted(),
        )
        refusal(
          await walk.send('PATCH', `/${record.plural}/${row.id}`, {
            body: { [record.flow?.field ?? '']: state },
            rev: row.rev,
          }),
          422,
        )
      })
    it('knows no other move', async () => {
      const row = await inState(record, states[0]?.value ?? '')
      refusal(await walk.send('POST', `/${record.plural}/${row.id}/nonsense`, { body: {} }), 404)
    })
  })

/** What a domain never takes back, and its own tests hold. */
const final = new Set(['survey.answer'])

/** A row in that state. The product itself puts it there, so that no earlier move is needed. */
async function inState(record: RecordType, state: string, { isBare = false } = {}): Promise<AnyRow> {
  const made = await walk.make(record, { every: !isBare })
  const field = record.flow?.field ?? ''
  if (made[field] !== state)
    await walk.server.store.change(
      system(1, `state-${made.id}`),
      record,
      { id: made.id, rev: null },
      { [field]: state },
      { trusted: true },
    )
  return walk.get(record, made.id)
}
async function needed(record: RecordType, move: NamedMove): Promise<Record<string, unknown>> {
  const filled: Record<string, unknown> = {}
  for (const name of move.needs ?? []) {
    const field = record.fields[name]
    if (field !== undefined) filled[name] = await walk.drafts.value(record, { ...field, required: true })
  }
  return filled
}
function stamps(record: RecordType, move: NamedMove, row: AnyRow): Readonly<Record<string, unknown>> {
  const { administrator } = walk.server.people
  const actor = { ...system(1, 'x'), person: administrator.id }
  return move.stamps?.({ row, input: {}, actor, now: row.updatedAt, settings: usualSettings }) ?? {}
}
async function undone(record: RecordType, row: AnyRow): Promise<void> {
  const history = ok(await walk.send('GET', `/${record.plural}/${row.id}/history?limit=1`)) as unknown as {
    items: { request: string }[]
  }
  const answer = await walk.send('POST', '/undo', { body: { request: history.items[0]?.request } })
  const { kept } = ok(answer) as unknown as { kept: { number: string; because: string }[] }
  assert.deepEqual(
    kept.filter(({ number }) => number === row.number),
    [],
  )
  assert.equal((await walk.get(record, row.id))[record.flow?.field ?? ''], row[record.flow?.field ?? ''])
}
function because(answer: Parameters<typeof refusal>[0]): string {
  refusal(answer, 409)
  return (answer.body as { detail: string }).detail
}
function path(record: RecordType, row: AnyRow, move: NamedMove): string {
  return `/${record.plural}/${row.id}/${move.name}`
}
function offers(
  row: AnyRow,
): { name: string; to: string; allowed: boolean; because: string | null; needs: string[]; asks: string[] }[] {
  return row['moves'] as ReturnType<typeof offers> // what every row's page holds
}
