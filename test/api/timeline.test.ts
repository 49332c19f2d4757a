// One stream of what happened on a record: whole, page by page, whatever came at the same moment, and narrowed to a kind.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { startTestServer, type TestServer } from '../setup/server.ts'

interface Item {
  kind: string
  at: string
  row?: { id: number }
  change?: { id: string; action: string }
  mail?: { id: number; to: { id: number; title: string } | null; state: string; subject: string | null }
}
let server: TestServer
let path: string
const comments = 7

const ask = async (
  query: string,
  as: 'agent' | 'requester' | 'administrator' = 'agent',
): Promise<{ items: Item[]; next: string | null }> => {
  const answer = await server.call('GET', `${path}/timeline?${query}`, { token: server.people[as].token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as { items: Item[]; next: string | null }
}
async function allPages(query: string): Promise<Item[]> {
  const items: Item[] = []
  for (let after = ''; ;) {
    const page = await ask(`${query}${after}`)
    items.push(...page.items)
    if (page.next === null) return items
    assert.ok(page.items.length > 0, 'a page that is not the last holds something')
    after = `&after=${encodeURIComponent(page.next)}`
  }
}
const nameOf = ({ kind, row, change, mail }: Item): string => `${kind} ${row?.id ?? mail?.id ?? change?.id}`

describe('the timeline of a record', () => {
  before(async () => {
    server = await startTestServer()
    const { token } = server.people.agent
    const post = async (address: string, body: object): Promise<{ id: number; rev: number }> => {
      const answer = await server.call('POST', address, { token, body })
      assert.ok(answer.status < 300, answer.text)
      return answer.body as { id: number; rev: number }
    }
    const requester = server.people.requester.id
    const made = await post('/incidents', { subject: 'The mill stands', impact: 'site', urgency: 'high', requester })
    path = `/incidents/${made.id}`
    for (let n = 1; n <= comments; n++) await post(`${path}/comments`, { body: `Comment ${n}`, internal: n % 2 === 0 })
    const { rev } = (await server.call('GET', path, { token })).body as { rev: number }
    const change = { token, body: { subject: 'The mill stands still' }, headers: { 'if-match': `"${rev}"` } }
    assert.equal((await server.call('PATCH', path, change)).status, 200)
    const on = { record: 'incident', id: made.id }
    await post('/tasks', { subject: 'Look at the belt', on })
    // As notices write them: who was told of it, and what became of that.
    const mails: [who: keyof typeof server.people, state: string][] = [['agent', 'sent'], ['requester', 'sent'], ['manager', 'failed']] // oxfmt-ignore
    for (const [who, state] of mails) {
      const { id, name, email } = { email: `${who}@harbour.test`, name: who, ...server.people[who] }
      await server.db.query(
        `insert into mail (org, person, kind, name, address, subject, content, because, on_record, on_id, message_id, state)
          values (1, $1, 'notice', $2, $3, $4, '{}', 'Notices: comment', 'incident', $5, $6, $7)`,
        [id, name, email, `Only for ${who}`, made.id, `<${who}@test>`, state],
      )
    }
    await server.db.query(`insert into mail (org, person, kind, name, address, subject, content, because, on_record, on_id, message_id, state)
      values (1, $1, 'notice', 'x', 'x@x.test', 'Of another', '{}', 'x', 'incident', $2, '<other@test>', 'sent')`, [server.people.agent.id, made.id + 1]) // oxfmt-ignore
    // Everything at one moment: the hardest case for pages.
    await server.db.query("update mail set created_at = '2026-01-05T10:00:00.000123Z'")
    await server.db.query("update comment set created_at = '2026-01-05T10:00:00Z'")
    await server.db.query("update task set created_at = '2026-01-05T10:00:00Z'")
  })

  it('is whole and in order, however small its pages are', async () => {
    const whole = (await ask('limit=100')).items
    assert.equal(whole.filter(({ kind }) => kind === 'comment').length, comments)
    assert.deepEqual(whole.map(({ at }) => at), whole.map(({ at }) => at).toSorted().toReversed()) // oxfmt-ignore
    for (const limit of [1, 2, 3, 5])
      assert.deepEqual((await allPages(`limit=${limit}`)).map(nameOf), whole.map(nameOf), `${limit} a page`)
  })

  it('shows only what is asked for, paged as well', async () => {
    const written = await allPages('limit=2&kinds=comment')
    assert.deepEqual(written.map(({ kind }) => kind), Array.from({ length: comments }, () => 'comment')) // oxfmt-ignore
    const both = await allPages('limit=3&kinds=task,change')
    assert.deepEqual(new Set(both.map(({ kind }) => kind)), new Set(['task', 'change']))
    for (const { change } of (await ask('limit=50&kinds=move')).items) assert.match(change?.action ?? '', /^move:/)
  })

  it('counts nothing towards a page that its reader may not see', async () => {
    const { items, next } = await ask('limit=4&kinds=comment', 'requester')
    assert.deepEqual([items.length, next], [4, null])
  })

  it('tells the staff to whom mails about it went and what became of them, and everybody of their own', async () => {
    const mails = (items: readonly Item[]): object =>
      Object.fromEntries(items.flatMap(({ mail }) => (mail === undefined ? [] : [[mail.to?.id, [mail.state, mail.subject]]]))) // oxfmt-ignore
    const { agent, requester, manager } = server.people
    const told = (mine: number, own: string): object => ({
      [agent.id]: ['sent', null],
      [requester.id]: ['sent', null],
      [manager.id]: ['failed', null],
      [mine]: ['sent', own],
    })
    assert.deepEqual(mails(await allPages('limit=2&kinds=mail')), told(agent.id, 'Only for agent'))
    assert.deepEqual(mails((await ask('limit=50', 'requester')).items), { [requester.id]: ['sent', 'Only for requester'] }) // oxfmt-ignore
    assert.deepEqual(mails((await ask('limit=50&kinds=mail,task', 'administrator')).items), {
      [agent.id]: ['sent', 'Only for agent'],
      [requester.id]: ['sent', 'Only for requester'],
      [manager.id]: ['failed', 'Only for manager'],
    })
  })

  it('refuses a kind that there is not and a cursor of something else', async () => {
    const { token } = server.people.agent
    for (const query of ['kinds=dance', 'after=nonsense'])
      assert.equal((await server.call('GET', `${path}/timeline?${query}`, { token })).status, 400)
  })
})
