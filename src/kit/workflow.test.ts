// What a workflow's declaration refuses, and how moves of one name from several states become one.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { states, text } from './field.ts'
import { record } from './record.ts'
import type { RecordType } from './record.ts'
import { neededIn } from './state-needs.ts'
import { workflow } from './workflow.ts'

const declared = () =>
  record('loan', {
    about: 'Something lent.',
    number: 'LOAN',
    fields: { title: text(), status: states(['asked', 'lent', 'done']) },
    list: ['title'],
    can: { read: [], create: [], update: [] },
  })
const by = ['agent'] as const
const ends = { ends: ['done'] }

describe('a workflow', () => {
  it('refuses a state that its field does not have', () => {
    assert.throws(
      () => workflow(declared(), 'status', { asked: { lend: { to: 'gone', by } } }, ends),
      /loan: the move lend names the state gone/,
    )
    assert.throws(
      () => workflow(declared(), 'status', { wished: { lend: { to: 'lent', by } } }, ends),
      /the state wished/,
    )
  })
  it('refuses a need or an offer that is no field', () => {
    assert.throws(
      () => workflow(declared(), 'status', { asked: { lend: { to: 'lent', by, needs: ['borrower'] } } }, ends),
      /needs the field borrower/,
    )
    assert.throws(
      () => workflow(declared(), 'status', { asked: { lend: { to: 'lent', by, asks: ['borrower'] } } }, ends),
      /needs the field borrower/,
    )
  })
  it('joins moves of one name and aim, keeps those of another aim apart, and knows where work ends', () => {
    const of: RecordType = declared()
    const flow = workflow(
      of,
      'status',
      {
        asked: { lend: { to: 'lent', by }, finish: { to: 'done', by } },
        lent: { finish: { to: 'done', by }, back: { to: 'asked', by, label: 'Take back' } },
      },
      ends,
    )
    assert.deepEqual(
      flow.moves.map(({ name, label, from, to }) => [name, label, from, to]),
      [
        ['lend', 'Lend', ['asked'], 'lent'],
        ['finish', 'Finish', ['asked', 'lent'], 'done'],
        ['back', 'Take back', ['lent'], 'asked'],
      ],
    )
    assert.deepEqual(flow.ends, ['done'])
    assert.equal(of.flow, flow)
  })
  it('refuses moves of one name and aim that differ, and an end that is no state', () => {
    for (const other of [
      { needs: ['title'] },
      { by: ['lead'] as const },
      { guard: () => null },
      { stamps: () => ({}) },
      { label: 'End' },
    ])
      assert.throws(
        () =>
          workflow(
            declared(),
            'status',
            { asked: { finish: { to: 'done', by } }, lent: { finish: { to: 'done', by, ...other } } },
            ends,
          ),
        /loan: the moves finish to done differ in/,
      )
    assert.throws(() => workflow(declared(), 'status', {}, { ends: ['returned'] }), /ends in returned/)
  })
})

describe('a record', () => {
  it('needs a field', () => {
    assert.throws(
      () =>
        record('nothing', { about: '', number: 'N', fields: {}, list: [], can: { read: [], create: [], update: [] } }),
      /declares no field/,
    )
  })
  it('knows no field that it merely inherits from JavaScript', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      assert.equal(declared().fields[name as 'title'], undefined)
  })
})

describe('what a state needs', () => {
  const move = (from: string[], to: string, needs?: string[]) => ({ name: to, label: to, by, from, to, needs })
  const needed = (moves: ReturnType<typeof move>[]) =>
    Object.fromEntries([...neededIn({ moves }, 'new')].map(([state, names]) => [state, [...names].sort()]))

  it('is what every way into it has asked for, also ways around', () => {
    assert.deepEqual(
      needed([
        move(['closed'], 'new'),
        move(['new'], 'taken', ['team']),
        move(['new', 'taken'], 'solved', ['answer', 'code']),
        move(['solved'], 'closed'),
        move(['taken'], 'waiting', ['cause']),
        move(['waiting'], 'taken'),
        move(['lost'], 'found', ['finder']),
      ]),
      { new: [], taken: ['team'], solved: ['answer', 'code'], closed: ['answer', 'code'], waiting: ['cause', 'team'] },
    )
  })
})
