// What is written with @ and # becomes links, and nothing else does.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mentionsIn } from '#kit/notices/mentions.ts'
import { begunMention, mentionOf, withRecordLinks } from './mention-text.ts'

const pathOf = (number: string): string | null => (number.startsWith('INC-') ? `/desk/incidents/${number}` : null)

describe('a mention', () => {
  it('begins with an @ after a blank, a bracket or nothing', () => {
    assert.deepEqual(begunMention('@'), { from: 0, words: '' })
    assert.deepEqual(begunMention('Ask @Ann Ba'), { from: 4, words: 'Ann Ba' })
    assert.deepEqual(begunMention('(@Žižka'), { from: 1, words: 'Žižka' })
    for (const text of ['ann@harbour', 'Ask @Ann.\n', 'no', '@a b c d']) assert.equal(begunMention(text), null, text)
  })
  it('is found again by the server, whatever the name', () => {
    for (const [at, title] of ['Ann Baker', 'A [x] (y)', String.raw`B\C`, ']('].entries()) {
      const text = `Look, ${mentionOf({ title, path: `/people/persons/P-${at + 1}` })}!`
      assert.deepEqual(mentionsIn(text), { persons: [at + 1], teams: [] }, title)
    }
    assert.deepEqual(mentionsIn(mentionOf({ title: 'Network', path: '/people/teams/TEAM-4' })), { persons: [], teams: [4] }) // oxfmt-ignore
  })
  it('is no link to something else, and no plain text', () => {
    for (const text of [
      '@Ann',
      '[Ann](/people/persons/P-5)',
      '[@Ann](https://evil.test/people/persons/P-5)',
      '[@Ann](/people/persons/P-x)',
    ])
      // oxfmt-ignore
      assert.deepEqual(mentionsIn(text), { persons: [], teams: [] }, text)
  })
  it('is counted once, fifty at most', () => {
    const many = Array.from({ length: 80 }, (_, n) => mentionOf({ title: 'x', path: `/people/persons/P-${n + 1}` }))
    assert.equal(mentionsIn([...many, ...many].join(' ')).persons.length, 50)
    assert.equal(mentionsIn(`${many[0]} ${many[0]}`).persons.length, 1)
  })
})

describe('the number of a record after #', () => {
  it('becomes a link where there is such a kind', () => {
    assert.equal(withRecordLinks('See #INC-12, please', pathOf), 'See [#INC-12](/desk/incidents/INC-12), please')
    assert.equal(withRecordLinks('#INC-1 #XYZ-2', pathOf), '[#INC-1](/desk/incidents/INC-1) #XYZ-2')
  })
  it('stays as it is in code and in a link', () => {
    for (const text of [
      '`#INC-12`',
      '```\n#INC-12\n```',
      '[#INC-12](/desk/incidents/INC-12)',
      'a#INC-12',
      'https://x/#INC-12',
      '##INC-1',
    ])
      // oxfmt-ignore
      assert.equal(withRecordLinks(text, pathOf), text)
  })
})
