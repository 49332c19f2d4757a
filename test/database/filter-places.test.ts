// What the list routes refuse and where, and networks and amounts in filters.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { conditions } from '#kit/condition.ts'
import { ip, money, optional, text } from '#kit/field.ts'
import { Refusal } from '#kit/problem.ts'
import { record } from '#kit/record.ts'
import { sql, run, join } from '#kit/sql.ts'
import { openDesk, type Colleague, type Desk } from '../setup/desk.ts'

const host = record('host', {
  about: 'A machine with an address and a price.',
  number: 'HST',
  fields: { name: text(), host: optional(ip()), cost: optional(money()) },
  list: ['name'],
  can: { read: [], create: [], update: [] },
})
let desk: Desk
let lead: Colleague
before(async () => {
  desk = await openDesk()
  lead = await desk.person('Lena Lead', 'lead')
})
const context = () => ({ catalogue: desk.store.catalogue, actor: lead.actor, now: desk.now(), zone: 'UTC' })
const matches = async (filter: string, of: { host?: string; minor?: number; currency?: string }): Promise<boolean> => {
  const where = join(conditions(context(), host, filter), ' and ')
  const rows = await run(
    desk.store.db,
    sql`select 1 as one from (select ${of.host ?? null}::inet as host, ${of.minor ?? null}::bigint as cost_minor, ${of.currency ?? null}::text as cost_currency) t where ${where}`,
  )
  return rows.length === 1
}
const mistake = (filter: string): string => {
  try {
    conditions(context(), host, filter)
  } catch (error) {
    assert.ok(error instanceof Refusal)
    const { at = -1, length = 0, detail } = error.errors[0] ?? { detail: '' }
    assert.ok(!detail.startsWith('{'))
    return filter.slice(at, at + length)
  }
  return ''
}

describe('a filter', () => {
  it('finds the addresses inside a network', async () => {
    assert.ok(await matches('host:10.2.0.0/16', { host: '10.2.7.7' }))
    assert.ok(await matches('host:10.2.9.9/16', { host: '10.2.7.7' }))
    assert.ok(!(await matches('host:10.2.0.0/16', { host: '10.3.7.7' })))
    assert.ok(!(await matches('-host:10.2.0.0/16', { host: '10.2.7.7' })))
    assert.ok(await matches('host:10.2.7.7', { host: '10.2.7.7' }))
    assert.ok(await matches('host:fd00:0::1', { host: 'fd00::1' }))
    assert.ok(await matches('host:fd00::/8', { host: 'fd12::1' }))
  })
  it('compares amounts in their currency, with its own number of decimals', async () => {
    assert.ok(await matches('cost>=100EUR', { minor: 10_000, currency: 'EUR' }))
    assert.ok(!(await matches('cost>=100EUR', { minor: 10_000, currency: 'USD' })))
    assert.ok(await matches('cost:100JPY', { minor: 100, currency: 'JPY' }))
    assert.ok(await matches('cost<1.5kwd', { minor: 1499, currency: 'KWD' }))
    assert.ok(await matches('cost>=100', { minor: 10_000, currency: 'USD' }))
  })
  it('points at the value that is wrong', () => {
    assert.equal(mistake('name:a host:10.2.0.0,10.2.0.999'), '10.2.0.999')
    assert.equal(mistake('-host:10.2.0.0/33'), '10.2.0.0/33')
    assert.equal(mistake('cost>="much"'), '"much"')
    assert.equal(mistake('cost:5XYZ'), '5XYZ')
    assert.equal(mistake('name:a -nmae:b'), 'nmae')
    assert.equal(mistake('host>=10.2.0.0'), 'host>=')
  })
})

describe('a list', () => {
  it('refuses parameters and fields that it does not know, and names the nearest', async () => {
    const strange = await desk.ask(lead, 'GET /teams?filtre=name:a')
    assert.deepEqual([strange.status, strange.body.errors[0].pointer], [400, '/filtre'])
    assert.match(strange.body.detail, /Did you mean filter\?/)
    const field = await desk.ask(lead, 'GET /teams?fields=name,memebrs')
    assert.deepEqual([field.status, field.body.errors[0].pointer], [400, '/fields'])
    assert.match(field.body.detail, /Did you mean members\?/)
    assert.equal((await desk.ask(lead, 'GET /teams?fields=id,name,createdAt')).status, 200)
    const broken = await desk.ask(lead, 'GET /teams?filter=lead:me%20name:"a"%20createdAt:soon')
    assert.deepEqual({ at: 27, length: 4 }, { at: broken.body.errors[0].at, length: broken.body.errors[0].length })
  })
})
