/** The priority matrix: the default one whole, and each mistake an administrator can make in it. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { checkMatrix, defaultMatrix, priorityOf } from './priority.ts'
import type { PriorityMatrix } from './priority.ts'

const { cells } = defaultMatrix

describe('the default matrix', () => {
  it('gives each pair a priority', () => {
    const rows = defaultMatrix.impacts.map((impact) =>
      defaultMatrix.urgencies.map((urgency) => priorityOf(defaultMatrix, impact, urgency)).join(' '),
    )
    assert.deepEqual(rows, ['P4 P4 P3', 'P4 P3 P2', 'P3 P2 P1', 'P2 P1 P1'])
    assert.deepEqual(checkMatrix(defaultMatrix), [])
  })
  it('refuses what it does not know, and names of the language', () => {
    assert.throws(() => priorityOf(defaultMatrix, 'planet', 'low'), /"planet"/)
    assert.throws(() => priorityOf(defaultMatrix, 'constructor', 'name'), RangeError)
  })
})

describe('the check of a matrix', () => {
  const refused: [what: string, change: Partial<PriorityMatrix>, pointer: string, says: RegExp][] = [
    ['a name twice', { priorities: ['P1', 'P2', 'P3', 'P4', 'P4'] }, '/priorities/4', /twice/],
    ['an empty name', { priorities: ['P1', 'P2', 'P3', 'P4', ' '] }, '/priorities/4', /name/],
    ['no names', { urgencies: [], cells: {} }, '/urgencies', /at least one/],
    [
      'a missing cell',
      { impacts: [...defaultMatrix.impacts, 'public'] },
      '/cells/public/low',
      /Choose a priority for impact "public"/,
    ],
    [
      'an unknown priority',
      { cells: { ...cells, team: { low: 'P9', normal: 'P3', high: 'P2' } } },
      '/cells/team/low',
      /"P9" is none of P1, P2/,
    ],
    [
      'a cell left over',
      { cells: { ...cells, 'old/site': { low: 'P1' } } },
      '/cells/old~1site/low',
      /Remove this cell/,
    ],
    [
      'more impact that is less pressing',
      { cells: { ...cells, everyone: { low: 'P4', normal: 'P1', high: 'P1' } } },
      '/cells/everyone/low',
      /P4 is less pressing than P3/,
    ],
    [
      'more urgency that is less pressing',
      { cells: { ...cells, person: { low: 'P4', normal: 'P3', high: 'P4' } } },
      '/cells/person/high',
      /P4 is less pressing than P3/,
    ],
  ]
  for (const [what, change, pointer, says] of refused) {
    it(`explains ${what}`, () => {
      const [problem] = checkMatrix({ ...defaultMatrix, ...change })
      assert.equal(problem?.pointer, pointer)
      assert.match(problem?.detail ?? '', says)
    })
  }
})
