// Every record × every role, everywhere and in a part × either side × another organisation × somebody who has left.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { hasWords } from '#kit/write.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, marker, SIDES } from './cast.ts'
import { mayDo, mayRead } from './expected.ts'

let matrix: Matrix
before(async () => {
  matrix = await castMatrix()
})
const send = (
  player: Player,
  method: string,
  path: string,
  sent: { body?: unknown; rev?: number } = {},
): Promise<Answered> =>
  matrix.server.call(method, path, {
    token: player.token,
    body: sent.body,
    headers: sent.rev === undefined ? {} : { 'if-match': `"${sent.rev}"` },
  })
const row = (record: RecordType, side: Side): AnyRow => matrix.rows[side].get(record.name) ?? assert.fail(record.name)
const present = (record: RecordType, side: Side): Promise<AnyRow> =>
  matrix.server.store.get(system(1, 'matrix'), record, row(record, side).id)

async function eachPlayer(work: (player: Player) => Promise<void>): Promise<void> {
  const queue = [...matrix.players]
  const one = async (): Promise<void> => {
    for (let player = queue.shift(); player !== undefined; player = queue.shift()) await work(player)
  }
  await Promise.all(Array.from({ length: 4 }, one))
}
/** No word of a row that the player may not read stands in the answer. */
function leaksNothing(player: Player, answer: Answered, of: string): void {
  for (const record of RECORDS)
    for (const side of SIDES)
      if (!mayRead(matrix, player, record, side))
        assert.ok(
          !answer.text.includes(marker(record, side)),
          `${player.name} learns of ${record.name} ${side} by ${of}`,
        )
  if (player.org === 1)
    for (const name of matrix.rows.other.keys())
      assert.ok(
        !answer.text.includes(marker(matrix.server.store.catalogue.get(name), 'other')),
        `${player.name}: ${of}`,
      )
}

describe('the cast', () => {
  it('has data beyond the reach of every narrower player, so that an empty table proves nothing', () => {
    const narrow = matrix.players.filter((player) => player.role !== 'administrator' && player.hasLeft !== true)
    for (const player of narrow) {
      const hidden = RECORDS.filter((record) => SIDES.some((side) => !mayRead(matrix, player, record, side)))
      assert.ok(hidden.length > 0, `${player.name} may read everything`)
    }
    for (const player of matrix.players.filter(({ place }) => place === 'unit' || place === 'team')) {
      const split = RECORDS.filter(
        (record) => mayRead(matrix, player, record, 'a') && !mayRead(matrix, player, record, 'b'),
      )
      if (player.role !== 'requester')
        assert.ok(split.length > 0, `${player.name} sees no difference between the sides`)
    }
  })
})

for (const record of RECORDS)
  describe(record.labelPlural, () => {
    it('are listed, counted, grouped, exported and found by whoever may read them, and by nobody else', async () => {
      await eachPlayer(async (player) => {
        if (player.hasLeft === true || player.org !== 1) return
        const visible = SIDES.filter((side) => mayRead(matrix, player, record, side))
        const of = `${player.name}: ${record.name}`
        const list = await send(player, 'GET', `/${record.plural}?limit=500&sort=-id`)
        if (list.status === 404) return assert.deepEqual(visible, [], `${of} is not found at all`)
        const { items } = list.body as { items: AnyRow[] }
        const ids = items.map(({ id }) => id)
        for (const side of SIDES)
          assert.equal(ids.includes(row(record, side).id), visible.includes(side), `${of} ${side} in the list`)
        for (const side of SIDES) {
          const found = await send(player, 'GET', `/${record.plural}?filter=tags:${marker(record, side)}&total=true`)
          const { total } = found.body as { total: { count: number } }
          assert.equal(total.count, visible.includes(side) ? 1 : 0, `${of} ${side} is counted`)
        }
        const whole = (await send(player, 'GET', `/${record.plural}?total=true&limit=1`)).body as {
          total: { count: number }
        }
        assert.equal(whole.total.count, items.length, `${of}: the total is what the list holds`)
        const groups = (await send(player, 'GET', `/${record.plural}/groups?by=createdAt:year`)).body as { items: { count: number }[] } // oxfmt-ignore
        assert.equal(
          groups.items.reduce((sum, one) => sum + one.count, 0),
          items.length,
          `${of}: groups`,
        )
        for (const combination of record.tallies ?? []) {
          const kept = (await send(player, 'GET', `/${record.plural}/groups?by=${combination.slice(0, 2).join(',')}`)).body as { items: { count: number }[] } | null // oxfmt-ignore
          if (kept !== null && 'items' in kept)
            assert.equal(kept.items.reduce((sum, one) => sum + one.count, 0), items.length, `${of}: kept counts by ${combination.join()}`) // oxfmt-ignore
        }
        leaksNothing(player, list, `${record.plural}`)
        leaksNothing(
          player,
          await send(player, 'GET', `/${record.plural}/export?format=jsonl`),
          `${record.plural}/export`,
        )
        for (const side of SIDES)
          leaksNothing(player, await send(player, 'GET', `/search?q=${row(record, side).number}`), 'search by number')
        if (!hasWords(record)) return
        for (const side of SIDES) {
          const words = await send(player, 'GET', `/${record.plural}?q=${marker(record, side)}&total=true`)
          leaksNothing(player, words, `${record.plural}?q`)
          leaksNothing(player, await send(player, 'GET', `/search?q=${marker(record, side)}`), 'search')
        }
      })
    })

    it('are opened, with history and stream, by whoever may read them; for others they do not exist', async () => {
      await eachPlayer(async (player) => {
        for (const side of SIDES)
          for (const below of ['', '/history', '/timeline']) {
            const answer = await send(player, 'GET', `/${record.plural}/${row(record, side).id}${below}`)
            if (player.hasLeft === true) assert.equal(answer.status, 401)
            // The other organisation counts from one as well.
            else if (player.org !== 1) leaksNothing(player, answer, below)
            else {
              const wanted = mayRead(matrix, player, record, side) ? 200 : 404
              assert.equal(answer.status, wanted, `${player.name} ${record.name} ${side}${below}: ${answer.text}`)
              leaksNothing(player, answer, `${record.plural}/{id}${below}`)
            }
          }
      })
    })

    it('are changed by whoever may, one by one and in bulk; hidden ones are not moved, binned or spoken about', async () => {
      for (const player of matrix.players)
        for (const side of SIDES) {
          const now = await present(record, side)
          const path = `/${record.plural}/${now.id}`
          const of = `${player.name} ${record.name} ${side}`
          const change = { tags: [marker(record, side), `by${player.person}`] }
          if (player.org !== 1 || player.hasLeft === true) {
            await send(player, 'PATCH', path, { body: change, rev: now.rev })
            await send(player, 'DELETE', path)
            assert.equal((await present(record, side)).rev, now.rev, of)
            continue
          }
          const isSeen = mayRead(matrix, player, record, side)
          const isAllowed = mayDo(matrix, player, record, 'update', side)
          const bulk = await send(player, 'POST', `/${record.plural}/bulk`, { body: { ids: [now.id], change } })
          const { done } = bulk.body as { done?: number }
          if (done === 1) assert.ok(isAllowed, `${of} was changed in bulk`)
          leaksNothing(player, bulk, `${record.plural}/bulk`)
          const after = await present(record, side)
          const answer = await send(player, 'PATCH', path, { body: { tags: [...change.tags, 'x'] }, rev: after.rev })
          if (isAllowed)
            assert.ok(
              (record.name === 'importBatch' ? [400] : [200, 409, 422]).includes(answer.status),
              `${of}: ${answer.status} ${answer.text}`,
            )
          else assert.equal(answer.status, isSeen ? 403 : 404, `${of}: ${answer.text}`)
          if (isSeen) continue
          const hidden: [string, string, unknown?][] = [
            ['DELETE', path],
            ['POST', `${path}/restore`],
            ...(record.name === 'comment' || record.name === 'file' ? [] : [['POST', `${path}/comments`, { body: 'x' }] as [string, string, unknown]]), // oxfmt-ignore
            ...(record.flow?.moves ?? []).map((move): [string, string, unknown] => [
              'POST',
              `${path}/${move.name}`,
              {},
            ]),
          ]
          for (const [method, address, body] of hidden) {
            const gone = await send(player, method, address, { body })
            assert.equal(gone.status, 404, `${of} ${method} ${address}: ${gone.text}`)
          }
        }
    })

    it('are referred to by nobody who may not read them', async () => {
      const holders = RECORDS.flatMap((holder) =>
        Object.entries(holder.fields)
          .filter(([, field]) => !field.stamped && (field.kind === 'any' || field.to === record.name))
          .map(([name, field]) => ({ holder, name, field })),
      )
      const made = new Map<string, Record<string, unknown>>()
      for (const { holder } of holders)
        if (!made.has(holder.name)) made.set(holder.name, await matrix.drafts.valid(holder))
      await eachPlayer(async (player) => {
        for (const side of player.hasLeft === true || player.org !== 1 ? [] : SIDES) {
          if (mayRead(matrix, player, record, side)) continue
          for (const { holder, name, field } of holders) {
            const { id } = row(record, side)
            const value = field.kind === 'any' ? { record: record.name, id } : field.kind === 'refs' ? [id] : id
            const answer = await send(player, 'POST', `/${holder.plural}`, {
              body: { ...made.get(holder.name), [name]: value },
            })
            assert.ok([403, 404, 422].includes(answer.status), `${player.name} ${holder.name}.${name}: ${answer.text}`)
            leaksNothing(player, answer, `POST /${holder.plural}`)
          }
        }
      })
    })
  })

describe('internal notes', () => {
  it('are read by those whose role reads notes where they are, never by whoever is only named', async () => {
    const { store } = matrix.server
    const comment = store.catalogue.get('comment')
    for (const side of SIDES) {
      const on = { record: 'incident', id: matrix.rows[side].get('incident')?.id }
      const note = await store.create(system(1, 'note', 'setup'), comment, { body: 'zznotezz', internal: true, on })
      await eachPlayer(async (player) => {
        if (player.hasLeft === true || player.org !== 1) return
        const mayNotes = ['administrator', 'manager', 'lead', 'agent', 'auditor', 'own'].includes(player.role ?? '')
        const isThere = player.place === 'organisation' || (side === 'a' && player.place !== 'own')
        const answer = await send(player, 'GET', `/comments/${note.id}`)
        assert.equal(answer.status, mayNotes && isThere ? 200 : 404, `${player.name} and the note on side ${side}`)
        const stream = await send(player, 'GET', `/incidents/${on.id}/timeline`)
        assert.equal(
          stream.text.includes('zznotezz'),
          mayNotes && isThere,
          `${player.name}: the stream of side ${side}`,
        )
      })
    }
  })
})

describe('live events', () => {
  it('tell everybody of exactly what they may read', async () => {
    const stop = new AbortController()
    const heard = new Map<string, string[]>()
    const here = matrix.players.filter((player) => player.hasLeft !== true)
    const reading = here.map(async (player) => {
      const texts: string[] = []
      heard.set(player.name, texts)
      const answer = await fetch(`${matrix.server.url}/api/v1/events`, {
        headers: { authorization: `Bearer ${player.token}` },
        signal: stop.signal,
      })
      const decoder = new TextDecoder()
      try {
        for await (const chunk of answer.body ?? []) texts.push(decoder.decode(chunk as Uint8Array))
      } catch {
        // heard enough, hung up
      }
    })
    while (here.some((player) => (heard.get(player.name)?.join('') ?? '') === '')) await new Promise((done) => setTimeout(done, 20)) // oxfmt-ignore
    const told = ['incident', 'comment', 'task', 'person', 'agreement', 'timeEntry', 'file', 'survey', 'obligation']
    const { store } = matrix.server
    for (const name of told)
      for (const side of SIDES)
        await store.change(system(1, `told-${name}-${side}`), store.catalogue.get(name), { id: matrix.rows[side].get(name)?.id ?? 0, rev: null }, { tags: ['told'] }, { trusted: true }) // oxfmt-ignore
    const wishes = here.flatMap((player) =>
      told.flatMap((name) =>
        SIDES.map((side) => ({
          who: player.name,
          part: `["${name}",${matrix.rows[side].get(name)?.id}]`,
          isFor: mayRead(matrix, player, store.catalogue.get(name), side),
          what: `${player.name} hears of ${name} ${side}`,
        })),
      ),
    )
    const hears = ({ who, part }: { who: string; part: string }): boolean => heard.get(who)?.join('').includes(part) === true // oxfmt-ignore
    // Until all have heard what is for them, and a while longer for what is not.
    for (const end = Date.now() + 30_000; Date.now() < end && wishes.some((wish) => wish.isFor && !hears(wish));)
      await new Promise((done) => setTimeout(done, 100))
    await new Promise((done) => setTimeout(done, 1200))
    stop.abort()
    await Promise.all(reading)
    for (const wish of wishes) assert.equal(hears(wish), wish.isFor, wish.what)
  })
})
