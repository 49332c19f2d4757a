import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

describe('measures whose values people enter', () => {
  let desk: Desk
  let manager: Colleague
  let id: number
  before(async () => {
    desk = await openDesk()
    manager = await desk.person('Mara Manager', 'manager')
    const draft = {
      name: 'Open vacancies',
      definition: 'Positions without a person at the end of the month.',
      duty: '2',
      unit: 'positions',
      better: 'lower',
      target: 1,
      limit: 3,
      cadence: 'month',
    }
    id = (await desk.ask(manager, 'POST /measures', draft)).body.id
  })
  const enter = async (on: string, value: number): Promise<{ id: number; rev: number }> =>
    (await desk.ask(manager, 'POST /measurements', { measure: id, on, value, evidence: 1 })).body
  const standing = async (): Promise<unknown[]> => {
    const { body } = await desk.ask(manager, `GET /measures/${id}`)
    return [body.latest, body.latestOn, body.standing]
  }

  it('take over the value of their newest day and judge it', async () => {
    await enter('2026-09-30', 1)
    assert.deepEqual(await standing(), [1, '2026-09-30', 'good'])
    await enter('2026-10-31', 4)
    assert.deepEqual(await standing(), [4, '2026-10-31', 'bad'])
  })
  it('keep it when an older day is entered later', async () => {
    await enter('2026-08-31', 2)
    assert.deepEqual(await standing(), [4, '2026-10-31', 'bad'])
  })
  it('judge it anew when the limit moves', async () => {
    const { body } = await desk.ask(manager, `GET /measures/${id}`)
    await desk.store.change(manager.actor, desk.store.catalogue.get('measure'), { id, rev: body.rev }, { limit: 5 })
    assert.deepEqual(await standing(), [4, '2026-10-31', 'watch'])
  })
})
