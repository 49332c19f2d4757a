// Confidentiality: a field above what somebody reads does not exist for them, by no door; above C4 only named people read.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { classOf, isWithin } from '#kit/clearance.ts'
import { choice, longText, optional, person, text } from '#kit/field.ts'
import { system } from '#kit/actor.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { record } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

const HIDDEN = 'zzhiddenzz'
const review = record('review', {
  about: 'A record of the test: the staff reads it, a part of it only who may.',
  number: 'REV',
  place: 'people',
  fields: {
    name: text(),
    judgement: optional(longText({ searchable: false, confidentiality: 'C2' })),
    grade: optional(choice(['low', 'high'], { confidentiality: 'C2' })),
    secret: optional(text({ searchable: false, confidentiality: 'C5' })),
  },
  list: ['name', 'grade'],
  scope: 'shared',
  can: { read: ['manager', 'agent'], create: ['manager', 'agent'], update: ['manager', 'agent'] },
})
const note = record('privateNote', {
  about: 'A record of the test: its author alone reads it.',
  number: 'PVN',
  fields: { name: text(), about: optional(person()) },
  list: ['name'],
  confidentiality: 'C3',
  can: { read: ['manager', 'field:createdBy'], create: ['manager', 'agent'], update: ['field:createdBy'] },
})
const caseFile = record('caseFile', {
  about: 'A record of the test: named people alone read it.',
  number: 'CASE',
  fields: { name: text(), reader: optional(person()) },
  list: ['name'],
  confidentiality: 'C5',
  can: { read: ['manager', 'field:reader'], create: ['manager'], update: ['field:reader'] },
})

let server: TestServer
let row: AnyRow
const send = (who: Who, method: string, path: string, body?: unknown, rev?: number): Promise<Answered> =>
  server.call(method, path, {
    token: server.people[who].token,
    body,
    headers: rev === undefined ? {} : { 'if-match': `"${rev}"` },
  })
const made = (of: RecordType, draft: object): Promise<AnyRow> =>
  server.store.create(system(1, 'made', 'setup'), of, draft)

describe('confidentiality', () => {
  before(async () => {
    server = await startTestServer({ records: [review, note, caseFile] })
    row = await made(review, { name: 'Review one', judgement: HIDDEN, grade: 'low', secret: HIDDEN })
  })

  it('never lets what is searched, counted, named or asked for be above the class of its record', () => {
    for (const of of RECORDS) {
      const isAbove = (name: string): boolean => {
        const field = of.fields[name]
        return field !== undefined && !isWithin(classOf(field), classOf(of))
      }
      const open = [
        of.title,
        ...of.sort.split(',').map((name) => name.replace('-', '')),
        ...Object.keys(of.fields).filter((name) => of.fields[name]?.searchable === true),
        ...Object.keys(of.fields).filter((name) => of.fields[name]?.required === true),
        ...(of.tallies ?? []).flat(),
        ...(of.flow === null ? [] : [of.flow.field, ...of.flow.moves.flatMap((move) => move.needs ?? [])]),
      ]
      assert.deepEqual(open.filter(isAbove), [], of.name)
    }
  })

  it('shows a field to those whose role reads its class', async () => {
    const seen = (await send('manager', 'GET', `/reviews/${row.id}`)).body as AnyRow
    assert.deepEqual([seen['judgement'], seen['grade'], 'secret' in seen], [HIDDEN, 'low', false])
    const admin = (await send('administrator', 'GET', `/reviews/${row.id}`)).body as AnyRow
    assert.deepEqual([admin['judgement'], 'secret' in admin], [HIDDEN, false])
  })

  it('has no such field for others: in rows, lists, histories, exports, descriptions', async () => {
    const doors = ['', '?fields=name', `/${row.id}`, `/${row.id}/history`, `/${row.id}/timeline`, '/export?format=jsonl', '/export?format=csv'] // oxfmt-ignore
    for (const door of doors) {
      const answer = await send('agent', 'GET', `/reviews${door}`)
      assert.equal(answer.status, 200, `${door}: ${answer.text}`)
      assert.doesNotMatch(answer.text, new RegExp(`${HIDDEN}|judgement|grade|"secret"`, 'i'), door)
    }
    const { records } = (await send('agent', 'GET', '/records')).body as { records: { name: string }[] }
    assert.doesNotMatch(JSON.stringify(records.find(({ name }) => name === 'review')), /judgement|grade|secret/i)
  })

  it('answers a filter, an order, a group or a column of it as of a field that does not exist', async () => {
    const questions = ['?filter=grade:low', '?filter=judgement~zz', '?sort=grade', '/groups?by=grade', '?fields=judgement', '/export?fields=judgement'] // oxfmt-ignore
    for (const question of questions) {
      const answer = await send('agent', 'GET', `/reviews${question}`)
      assert.equal(answer.status, 400, `${question}: ${answer.text}`)
      assert.doesNotMatch(answer.text, /Did you mean (grade|judgement|secret)/)
      assert.equal((await send('manager', 'GET', `/reviews${question}`)).status, 200, `${question} as manager`)
    }
  })

  it('takes no value for it, one by one or in bulk, and keeps the value that is there', async () => {
    const change = { grade: 'high' }
    assert.equal((await send('agent', 'PATCH', `/reviews/${row.id}`, change, row.rev)).status, 422)
    assert.equal((await send('agent', 'POST', '/reviews', { name: 'New', ...change })).status, 422)
    const bulk = (await send('agent', 'POST', '/reviews/bulk', { ids: [row.id], change })).body as { done: number }
    assert.equal(bulk.done, 0)
    const renamed = await send('agent', 'PATCH', `/reviews/${row.id}`, { name: 'Renamed' }, row.rev)
    assert.equal(renamed.status, 200)
    assert.doesNotMatch(renamed.text, new RegExp(HIDDEN))
    const stale = await send('agent', 'PATCH', `/reviews/${row.id}`, { name: 'Late' }, row.rev)
    assert.equal(stale.status, 412)
    assert.doesNotMatch(stale.text, new RegExp(`${HIDDEN}|grade`))
    const kept = (await send('manager', 'GET', `/reviews/${row.id}`)).body as AnyRow
    assert.deepEqual([kept['name'], kept['judgement'], kept['grade']], ['Renamed', HIDDEN, 'low'])
  })

  it('keeps the rows of a class from roles that do not reach it, not from whoever is named', async () => {
    const own = (await send('agent', 'POST', '/privatenotes', { name: HIDDEN })).body as AnyRow
    const path = `/privatenotes/${own.id}`
    assert.equal((await send('agent', 'GET', path)).status, 200)
    assert.equal((await send('manager', 'GET', path)).status, 404)
    assert.equal((await send('auditor', 'GET', path)).status, 404)
    assert.doesNotMatch((await send('manager', 'GET', '/privatenotes?limit=500')).text, new RegExp(HIDDEN))
  })

  it('keeps cases from administrators too, and from roles of any making', async () => {
    const file = await made(caseFile, { name: HIDDEN, reader: server.people.agent.id })
    for (const who of ['administrator', 'manager', 'auditor'] as const) {
      assert.equal((await send(who, 'GET', `/casefiles/${file.id}`)).status, 404, who)
      assert.doesNotMatch((await send(who, 'GET', '/casefiles?limit=500&total=true')).text, new RegExp(HIDDEN), who)
    }
    assert.equal((await send('agent', 'GET', `/casefiles/${file.id}`)).status, 200)
    await run(server.db, sql`insert into own_role (org, id, created_at, updated_at, name, rights, ceiling, widest) values (1, 900, now(), now(), 'Everything', '{"caseFile":["read"]}', 'C4', 'organisation')`) // oxfmt-ignore
    await run(
      server.db,
      sql`insert into role_grant (org, person, role) values (1, ${server.people.bystander.id}, 'role:900')`,
    )
    await new Promise((done) => setTimeout(done, 2100))
    assert.equal((await send('bystander', 'GET', `/casefiles/${file.id}`)).status, 404)
  })
})
