import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { normalised, suggestMapping } from './mapping.ts'

const incident = [
  { name: 'subject', label: 'Subject', kind: 'text' },
  { name: 'assignee', label: 'Assignee', kind: 'person' },
  { name: 'requester', label: 'Requester', kind: 'person' },
  { name: 'createdAt', label: 'Created', kind: 'instant' },
  { name: 'resolvedAt', label: 'Resolved', kind: 'instant' },
  {
    name: 'impact',
    label: 'Impact',
    kind: 'choice',
    options: [
      { value: 'high', label: 'High' },
      { value: 'medium', label: 'Medium' },
      { value: 'low', label: 'Low' },
    ],
  },
  { name: 'team', label: 'Team', kind: 'ref' },
  { name: 'email', label: 'E-mail', kind: 'email' },
]

const columns = (names: Record<string, string[]>) => Object.entries(names).map(([name, samples]) => ({ name, samples }))
const chosen = (names: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(suggestMapping(columns(names), incident)).map(([field, { column }]) => [field, column]),
  )

describe('a suggested mapping', () => {
  it('knows the names of a ServiceNow export', () => {
    assert.deepEqual(
      chosen({
        number: ['INC1'],
        'Short description': ['x'],
        'Assigned to': ['Ann'],
        Opened: ['29/2/2016 01:16'],
        resolved_at: ['?'],
        assignment_group: ['G 1'],
        caller_id: ['C 1'],
        Impact: ['2 - Medium'],
      }),
      {
        subject: 'Short description',
        assignee: 'Assigned to',
        createdAt: 'Opened',
        resolvedAt: 'resolved_at',
        team: 'assignment_group',
        requester: 'caller_id',
        impact: 'Impact',
      },
    )
  })

  it('knows German and French names with their accents', () => {
    assert.deepEqual(chosen({ Kurzbeschreibung: ['x'], 'Zugewiesen an': ['y'], 'Erstellt am': ['1.2.2026'] }), {
      subject: 'Kurzbeschreibung',
      assignee: 'Zugewiesen an',
      createdAt: 'Erstellt am',
    })
    assert.deepEqual(chosen({ Objet: ['x'], 'Attribué à': ['y'], Courriel: ['a@b.fr'] }), {
      subject: 'Objet',
      assignee: 'Attribué à',
      email: 'Courriel',
    })
  })

  it('leaves out a column whose name fits and whose values do not', () => {
    assert.deepEqual(chosen({ opened_at: ['Office A', 'Office B'] }), {})
  })

  it('finds a column by its values alone where these are telling', () => {
    const found = suggestMapping(columns({ 'Kontakt 7': ['a@example.com', 'b@example.com'] }), incident)
    assert.equal(found['email']?.column, 'Kontakt 7')
    assert.match(found['email']?.because ?? '', /values look like E-mail/)
  })

  it('gives each column to one field and each field one column', () => {
    const fields = [
      { name: 'title', label: 'Title', kind: 'text' },
      { name: 'subject', label: 'Subject', kind: 'text' },
    ]
    assert.deepEqual(Object.keys(suggestMapping(columns({ subject: ['x'] }), fields)), ['subject'])
  })

  it('is empty for no columns', () => assert.deepEqual(suggestMapping([], incident), {}))

  it('takes names apart', () => {
    assert.equal(normalised('sys_createdAt'), 'sys created at')
    assert.equal(normalised('  Größe (mm) '), 'grosse mm')
  })
})
