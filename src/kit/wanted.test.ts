// Each way in which a body may not fit is told in a sentence of ours, with the field and what it may be.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { fitted } from './wanted.ts'

const body = z.strictObject({
  name: z.string().min(1).max(20),
  many: z.number().int().min(0).max(10).optional(),
  to: z.union([z.number().int().positive(), z.string().min(1).max(40)]).optional(),
  scope: z.enum(['unit', 'team']).optional(),
  bin: z.literal(true).optional(),
  ids: z.array(z.number()).min(1).max(2).optional(),
  'a/b': z.strictObject({ on: z.iso.date() }).optional(),
  kind: z.discriminatedUnion('is', [z.strictObject({ is: z.literal('x') })]).optional(),
  own: z.string('Give your own.').optional(),
  odd: z
    .number()
    .refine((n) => n % 2 === 1)
    .optional(),
})

describe('a body that does not fit', () => {
  const cases: [what: string, sent: unknown, pointer: string, detail: string][] = [
    ['lacks a field', {}, '/name', '"name" is missing. Give text.'],
    ['has another kind', { name: 5 }, '/name', '"name" must be text.'],
    ['is empty', { name: '' }, '/name', '"name" must be text that is not empty.'],
    ['is too long', { name: 'x'.repeat(21) }, '/name', '"name" must be text of at most 20 characters.'],
    ['is no whole number', { name: 'x', many: 1.5 }, '/many', '"many" must be a whole number.'],
    ['is too small', { name: 'x', many: -1 }, '/many', '"many" must be at least 0.'],
    ['fits no kind', { name: 'x', to: {} }, '/to', '"to" must be a number or text.'],
    ['fits a kind, not its limit', { name: 'x', to: -1 }, '/to', '"to" must be more than 0.'],
    ['is no choice', { name: 'x', scope: 'all' }, '/scope', '"scope" must be one of: unit, team.'],
    ['is not the only value', { name: 'x', bin: false }, '/bin', '"bin" must be true.'],
    ['is a short list', { name: 'x', ids: [] }, '/ids', '"ids" must be a list of at least 1 entry.'],
    ['has an odd entry', { name: 'x', ids: ['y'] }, '/ids/0', 'Entry 1 of "ids" must be a number.'],
    ['is no day', { name: 'x', 'a/b': { on: 'x' } }, '/a~1b/on', '"on" must be a day, such as 2026-11-21.'],
    ['has no known kind', { name: 'x', kind: { is: 'y' } }, '/kind/is', '"is" must be one of the kinds known here.'],
    ['has a sentence of its own', { name: 'x', own: 1 }, '/own', 'Give your own.'],
    [
      'is refined without one',
      { name: 'x', odd: 2 },
      '/odd',
      '"odd" does not fit. Look up what it may be in the API document.',
    ],
    ['is a list', [], '', 'What is sent must be an object with named members.'],
    [
      'has strange members',
      { name: 'x', 'a/b': { on: '2026-01-01', x: 1 } },
      '/a~1b/x',
      'There is no "x" here. Known are: on.',
    ],
  ]
  for (const [what, sent, pointer, detail] of cases)
    it(what, () => assert.deepEqual(fitted(body, sent), { problems: [{ pointer, detail }] }))
  it('names each strange member, below where it lies', () => {
    assert.deepEqual(fitted(z.strictObject({}), { x: 1, y: 2 }, '/mapping'), {
      problems: [
        { pointer: '/mapping/x', detail: '"x" is not taken: nothing is to be sent here.' },
        { pointer: '/mapping/y', detail: '"y" is not taken: nothing is to be sent here.' },
      ],
    })
  })
  it('is given back as the schema reads it', () => {
    assert.deepEqual(fitted(z.object({ a: z.string().trim() }), { a: ' b ' }), { value: { a: 'b' } })
  })
})
