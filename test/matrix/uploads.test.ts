// Files: hung on every kind of record by everybody, fetched, moved and named from beyond their reach.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, marker, SIDES } from './cast.ts'
import { mayRead } from './expected.ts'

let matrix: Matrix
before(async () => {
  matrix = await castMatrix()
})
const fileRecord = RECORDS.find(({ name }) => name === 'file') ?? assert.fail()
const holders = RECORDS.filter(({ name }) => name !== 'comment' && name !== 'file')
const row = (record: RecordType, side: Side): AnyRow => matrix.rows[side].get(record.name) ?? assert.fail(record.name)
function attach(player: Player, record: RecordType, id: number, text: string): Promise<Answered> {
  const body = new FormData()
  body.append('file', new Blob([text]), `${text}.txt`)
  return matrix.server.call('POST', `/${record.plural}/${id}/attachments`, { token: player.token, body })
}
const send = (player: Player, method: string, path: string, body?: unknown, rev?: number): Promise<Answered> =>
  matrix.server.call(method, path, { token: player.token, body, headers: rev === undefined ? {} : { 'if-match': `"${rev}"` } }) // oxfmt-ignore
async function filesOf(record: RecordType, side: Side): Promise<number> {
  const on = sql`org = 1 and on_record = ${record.name} and on_id = ${row(record, side).id}`
  const rows = await run<{ n: number }>(
    matrix.server.db,
    sql`select count(*) as n from ${raw(fileRecord.table)} where ${on}`,
  )
  return rows[0]?.n ?? assert.fail()
}
const narrow = (): Player[] => matrix.players.filter(({ org, hasLeft }) => org === 1 && hasLeft !== true)

describe('uploads', () => {
  it('hang on records that their sender may read, never on others, whatever kind of record it is', async () => {
    for (const record of holders)
      for (const side of SIDES) {
        const before = await filesOf(record, side)
        let kept = 0
        for (const player of narrow()) {
          const isSeen = mayRead(matrix, player, record, side)
          const answer = await attach(player, record, row(record, side).id, 'zzupload')
          const of = `${player.name} on ${record.name} ${side}: ${answer.status} ${answer.text}`
          assert.ok((isSeen ? [201, 403] : [404]).includes(answer.status), of)
          if (answer.status === 201) kept++
          if (!isSeen) assert.ok(!answer.text.includes(marker(record, side)), of)
        }
        assert.equal(await filesOf(record, side), before + kept, `${record.name} ${side}`)
      }
  })
  it('of whoever has left, and of another organisation, reach no record here', async () => {
    const incident = matrix.server.store.catalogue.get('incident')
    for (const side of SIDES) {
      const before = await filesOf(incident, side)
      for (const player of matrix.players.filter(({ org, hasLeft }) => org !== 1 || hasLeft === true)) {
        const answer = await attach(player, incident, row(incident, side).id, 'zzforeign')
        assert.equal(answer.status, player.hasLeft === true ? 401 : 404, `${player.name}: ${answer.text}`)
      }
      assert.equal(await filesOf(incident, side), before)
    }
  })
})

describe('files', () => {
  let own: Record<Side, AnyRow>
  const incident = (): RecordType => matrix.server.store.catalogue.get('incident')
  before(async () => {
    const everywhere = matrix.players.find(({ name }) => name === 'agent everywhere') ?? assert.fail()
    const made = async (side: Side): Promise<AnyRow> => {
      const answer = await attach(everywhere, incident(), row(incident(), side).id, `zzcontent${side}`)
      assert.equal(answer.status, 201, answer.text)
      return answer.body as AnyRow
    }
    own = { a: await made('a'), b: await made('b') }
  })
  it('are opened, linked and listed by whoever may read what they hang on', async () => {
    for (const player of narrow())
      for (const side of SIDES) {
        const isSeen = mayRead(matrix, player, incident(), side)
        for (const path of [
          `/attachments/${own[side].id}`,
          `/attachments/${own[side].id}/link`,
          `/attachments/${own[side].id}/history`,
        ])
          // oxfmt-ignore
          assert.equal((await send(player, 'GET', path)).status, isSeen ? 200 : 404, `${player.name} ${path}`)
        const list = await send(player, 'GET', `/attachments?limit=500&filter=on:${row(incident(), side).number}`)
        assert.equal(list.text.includes(`zzcontent${side}`), isSeen, `${player.name} lists ${side}`)
      }
  })
  it('are neither moved onto a hidden record nor taken from one, nor made without an upload', async () => {
    for (const player of narrow())
      for (const side of SIDES.filter((one) => !mayRead(matrix, player, incident(), one))) {
        const hidden = { record: 'incident', id: row(incident(), side).id }
        const taken = await send(player, 'PATCH', `/attachments/${own[side].id}`, { name: 'mine' }, own[side].rev)
        assert.equal(taken.status, 404, `${player.name}: ${taken.text}`)
        const made = await send(player, 'POST', '/attachments', { name: 'x', on: hidden, sha256: own[side]['sha256'] })
        assert.ok([403, 404, 405, 422].includes(made.status), `${player.name}: ${made.status} ${made.text}`)
        for (const record of holders.filter((one) => SIDES.some((at) => mayRead(matrix, player, one, at)))) {
          const at = SIDES.find((one) => mayRead(matrix, player, record, one)) ?? 'a'
          const mine = await attach(player, record, row(record, at).id, 'zzmine')
          if (mine.status !== 201) continue
          const { id, rev } = mine.body as AnyRow
          const moved = await send(player, 'PATCH', `/attachments/${id}`, { on: hidden }, rev)
          assert.ok([403, 404, 422].includes(moved.status), `${player.name}: ${moved.status} ${moved.text}`)
          const bulk = await send(player, 'POST', '/attachments/bulk', { ids: [id], change: { on: hidden } })
          assert.equal((bulk.body as { done?: number }).done ?? 0, 0, `${player.name} in bulk: ${bulk.text}`)
          break
        }
      }
  })
  it('of a field are opened by whoever may read the record; to others its address answers as if there were none', async () => {
    const record = matrix.server.store.catalogue.get('agreement')
    const manager = matrix.players.find(({ name }) => name === 'manager everywhere') ?? assert.fail()
    const body = new FormData()
    body.append('file', new Blob(['%PDF-1.4 zzsigned']), 'signed.pdf')
    const brought = await matrix.server.call('POST', '/uploads', { token: manager.token, body })
    const contract = (brought.body as { sha256: string }).sha256
    for (const side of SIDES) {
      const { id, rev } = (await send(manager, 'GET', `/agreements/${row(record, side).id}`)).body as AnyRow
      assert.equal((await send(manager, 'PATCH', `/agreements/${id}`, { contract }, rev)).status, 200)
      for (const player of matrix.players) {
        const isSeen = mayRead(matrix, player, record, side)
        const answer = await send(player, 'GET', `/agreements/${id}/files/contract`)
        const nothing = await send(player, 'GET', '/agreements/999999/files/contract')
        assert.equal(answer.status, isSeen ? 200 : player.hasLeft === true ? 401 : 404, `${player.name} ${answer.text}`)
        if (isSeen) continue
        const said = ({ body: problem }: Answered): string =>
          (problem as { detail: string }).detail.replace(/SLA-\d+/, '')
        assert.equal(said(answer), said(nothing), player.name)
        assert.ok(!answer.text.includes(contract), player.name)
      }
    }
  })
  it('are not opened by an address that was signed for another content, name or time', async () => {
    const reader = matrix.players.find(({ name }) => name === 'agent everywhere') ?? assert.fail()
    const link = async (side: Side): Promise<string> =>
      ((await send(reader, 'GET', `/attachments/${own[side].id}/link`)).body as { url: string }).url
    const [a, b] = [await link('a'), await link('b')]
    const get = async (url: string): Promise<number> => (await fetch(`${matrix.server.url}${url}`)).status
    assert.equal(await get(a), 200)
    const [path = '', key = ''] = a.split('?')
    const [other = ''] = b.split('?')
    const [until = '', signature = ''] = key.replace('key=', '').split('.')
    for (const forged of [
      path,
      `${path}?key=`,
      `${other}?${key}`,
      `${path}?key=${Number(until) + 60}.${signature}`,
      `${path}x?${key}`,
    ])
      // oxfmt-ignore
      assert.equal(await get(forged), 404, forged)
  })
})
