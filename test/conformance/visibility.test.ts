// Whoever may not see a record learns nothing of it: by no list, count, search, export, reference, history or event.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { isAllowed, system } from '#kit/actor.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { hasWords } from '#kit/write.ts'
import type { Who } from '../setup/server.ts'
import { ok, records, startWalk, type Walk } from './walk.ts'

let walk: Walk
before(async () => {
  walk = await startWalk()
})
const roles: readonly Who[] = ['bystander', 'agent', 'auditor', 'manager']
const rolesOf: Readonly<Record<string, readonly string[]>> = {
  bystander: ['requester'],
  agent: ['agent'],
  auditor: ['auditor'],
  manager: ['manager'],
}
const mayRead = (record: RecordType, who: Who): boolean =>
  isAllowed({ ...system(1, 'x'), roles: (rolesOf[who] ?? []) as never }, record.can.read)
const word = 'unspeakable'

for (const record of records)
  describe(record.label, () => {
    for (const who of roles.filter((one) => !mayRead(record, one)))
      it(`is hidden from the ${who}`, async () => {
        const row = await secret(record)
        const path = `/${record.plural}/${row.id}`
        await hiddenLists(record, row, who)
        for (const below of ['', '/history', '/timeline']) await gone(who, 'GET', `${path}${below}`)
        await gone(who, 'PATCH', path, { body: { tags: ['x'] }, rev: row.rev })
        await gone(who, 'DELETE', path)
        await gone(who, 'POST', `${path}/restore`)
        for (const name of new Set((record.flow?.moves ?? []).map((move) => move.name)))
          await gone(who, 'POST', `${path}/${name}`, { body: {} })
        if (record.name !== 'comment' && record.name !== 'file')
          await gone(who, 'POST', `${path}/comments`, { body: { body: 'I saw it' } })
        const bulk = await walk.send('POST', `/${record.plural}/bulk`, {
          as: who,
          body: { ids: [row.id], change: { tags: ['x'] } },
        })
        if (bulk.status === 200) assert.equal((bulk.body as { done: number }).done, 0)
        assert.doesNotMatch(bulk.text, new RegExp(word))
        assert.deepEqual((await walk.get(record, row.id)).rev, row.rev)
      })

    it('is hidden from another organisation', async () => {
      const row = await secret(record)
      const path = `/${record.plural}/${row.id}`
      await hiddenLists(record, row, 'outsider')
      for (const below of ['', '/history', '/timeline']) await gone('outsider', 'GET', `${path}${below}`, {}, row)
      await gone('outsider', 'PATCH', path, { body: { tags: ['x'] }, rev: 1 }, row)
      await gone('outsider', 'DELETE', path, {}, row)
      assert.equal((await walk.get(record, row.id)).rev, row.rev)
      const request = (ok(await walk.send('GET', `${path}/history`)) as unknown as { items: { request: string }[] })
        .items[0]?.request
      await gone('outsider', 'POST', '/undo', { body: { request } })
    })

    const holders = records.flatMap((holder) =>
      Object.entries(holder.fields)
        .filter(([, field]) => !field.stamped && (field.kind === 'any' || field.to === record.name))
        .map(([name, field]) => ({ holder, name, field })),
    )
    for (const who of roles.filter((one) => !mayRead(record, one)))
      it(`shows its title in no reference that the ${who} can read, and cannot be referred to by them`, async () => {
        const row = await secret(record)
        for (const { holder, name, field } of holders) {
          const value =
            field.kind === 'any' ? { record: record.name, id: row.id } : field.kind === 'refs' ? [row.id] : row.id
          const seen = await visibleHolder(holder, { name, value }, who)
          for (const path of seen === null
            ? []
            : [
                `/${holder.plural}/${seen}`,
                `/${holder.plural}?limit=500`,
                `/${holder.plural}/${seen}/history`,
                `/${holder.plural}/${seen}/timeline`,
                `/${holder.plural}/groups?by=${name}`,
              ]) {
            const answer = await walk.send('GET', path, { as: who })
            assert.ok(!answer.text.includes(titleOf(record, row)), `${holder.name}.${name}: ${path}`)
          }
          if (seen !== null && field.kind === 'ref') await cannotBeGuessed(holder, { name, row, record, who })
          const draft = { ...(await walk.drafts.valid(holder)), [name]: value }
          const made = await walk.send('POST', `/${holder.plural}`, { as: who, body: draft })
          assert.ok([403, 404, 422].includes(made.status), `${holder.name}.${name} as ${who}: ${made.text}`)
          if (made.status === 422)
            assert.deepEqual(
              (made.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer),
              [`/${name}`],
            )
        }
      })
  })

/** Asked by its title, it is answered exactly as a title that nobody ever gave. */
async function cannotBeGuessed(
  holder: RecordType,
  { name, row, record, who }: { name: string; row: AnyRow; record: RecordType; who: Who },
): Promise<void> {
  const answers = []
  for (const title of [titleOf(record, row), 'zyxwvu 1234567890']) {
    const filter = encodeURIComponent(`${name}:"${title}"`)
    const { status, text } = await walk.send('GET', `/${holder.plural}?filter=${filter}`, { as: who })
    const { errors, items } = JSON.parse(text) as { errors?: { detail: string; length: number }[]; items?: unknown[] }
    answers.push({
      status,
      items,
      errors: errors?.map(({ detail, length }) => [detail.replace(title, ''), length - title.length]),
    })
  }
  assert.deepEqual(answers[0], answers[1], `${holder.name}.${name}: its title can be guessed`)
}

describe('live events', () => {
  it('tell the related of their own records, and of no others', async () => {
    const { requester } = walk.server.people
    const incident = walk.server.store.catalogue.get('incident')
    const heard: string[] = []
    const stop = new AbortController()
    const answer = await fetch(`${walk.server.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${requester.token}` },
      signal: stop.signal,
    })
    const reading = read(answer, heard)
    const other = await walk.make(incident, {})
    const own = ok(await walk.send('POST', '/incidents', { body: { subject: 'mine', requester: requester.id } }), 201)
    for (let round = 0; round < 1500 && !heard.join('').includes(`["incident",${own.id}]`); round++)
      await new Promise((done) => setTimeout(done, 20))
    stop.abort()
    await reading
    assert.match(heard.join(''), new RegExp(`\\["incident",${own.id}\\]`))
    assert.doesNotMatch(heard.join(''), new RegExp(`\\["incident",${other.id}\\]`))
  })
})
async function read(answer: Response, into: string[]): Promise<void> {
  const decoder = new TextDecoder()
  try {
    for await (const chunk of answer.body ?? []) into.push(decoder.decode(chunk as Uint8Array))
  } catch {
    // the test has heard enough and hung up
  }
}

/** A row whose title holds the word, related to nobody who asks here. */
async function secret(record: RecordType): Promise<AnyRow> {
  const draft = await walk.drafts.valid(record)
  const own = draft[record.title]
  const title = record.fields[record.title]
  if (title?.kind === 'text' || title?.kind === 'longText')
    draft[record.title] = `${word} ${Math.random().toString(36).slice(2)}`.slice(0, title.max)
  // What hangs on a record is read by whoever reads that one: so it hangs on one that they do not read.
  const { scope } = record
  if (typeof scope === 'object' && scope.on !== undefined)
    draft[scope.on] = { record: 'incident', id: await walk.drafts.fresh(walk.server.store.catalogue.get('incident')) }
  const body = { ...draft, tags: [word] }
  const made = await walk.send('POST', `/${record.plural}`, { body })
  // A title that may only name something known holds no word of ours: then its own must do.
  if (made.status !== 422 || !made.text.includes(`"/${record.title}"`)) return ok(made, 201)
  return ok(await walk.send('POST', `/${record.plural}`, { body: { ...body, [record.title]: own } }), 201)
}
function titleOf(record: RecordType, row: AnyRow): string {
  const title = row[record.title]
  return typeof title === 'string' ? title : 'is named by another record'
}
async function gone(
  who: Who,
  method: string,
  path: string,
  sent: { body?: unknown; rev?: number } = {},
  except?: AnyRow,
): Promise<void> {
  const answer = await walk.send(method, path, { as: who, ...sent })
  // The other organisation counts from one as well: what it has under this number is its own.
  if (except !== undefined && answer.status === 200) return assert.doesNotMatch(answer.text, new RegExp(word))
  assert.equal(answer.status, 404, `${who} ${method} ${path}: ${answer.text}`)
  assert.doesNotMatch(answer.text, new RegExp(word))
}
async function hiddenLists(record: RecordType, row: AnyRow, who: Who): Promise<void> {
  const lists = [
    `/${record.plural}?limit=500`,
    `/${record.plural}?filter=tags:${word}&total=true`,
    `/${record.plural}?q=${word}&total=true`,
    `/${record.plural}/groups?by=createdAt:day`,
    `/${record.plural}/export?format=jsonl`,
    `/${record.plural}/export?format=csv`,
  ]
  for (const list of lists) {
    const answer = await walk.send('GET', list, { as: who })
    assert.ok([200, 403, 404].includes(answer.status), `${list}: ${answer.text}`)
    assert.doesNotMatch(answer.text, new RegExp(word), list)
    const total = (answer.body as { total?: { count: number } } | null)?.total
    if (total !== undefined) assert.equal(total.count, 0, list)
  }
  if (!hasWords(record)) return
  for (const q of [word, row.number]) {
    const hits = ok(await walk.send('GET', `/search?q=${q}`, { as: who })) as unknown as {
      items: { record: string; id: number; title: string }[]
    }
    assert.ok(
      !hits.items.some((hit) => hit.title.includes(word) && hit.record === record.name),
      `${who} finds ${row.number} by "${q}"`,
    )
  }
}
/** A record of that kind which `who` can read by their role or by a relation, and which refers to the hidden one. */
async function visibleHolder(
  holder: RecordType,
  { name, value }: { name: string; value: unknown },
  who: Who,
): Promise<number | null> {
  const relation = holder.can.read
    .find((one) => one.startsWith('field:') && one !== 'field:createdBy' && one !== `field:${name}`)
    ?.slice('field:'.length)
  if (!mayRead(holder, who) && (relation === undefined || holder.fields[relation]?.stamped === true)) return null
  const draft = {
    ...(await walk.drafts.valid(holder)),
    [name]: value,
    ...(relation === undefined || mayRead(holder, who) ? {} : { [relation]: walk.server.people[who].id }),
  }
  const made = await walk.send('POST', `/${holder.plural}`, { body: draft })
  return made.status === 201 ? (made.body as AnyRow).id : null // a rule of the domain may not want these two together
}
