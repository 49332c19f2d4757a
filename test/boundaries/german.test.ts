// German is complete: every text that the server says has its German, none is left over, and what is filled in has its place.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AREAS, TEXTS } from '#messages/de/all.ts'
import { allTexts } from '../setup/texts.ts'

const texts = allTexts()
/** "role|Requester" is what "Requester" is called as a role. */
const bare = (key: string): string => key.replace(/^(?:move|option|role)\|/, '')
const placesIn = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort()

describe('German texts', () => {
  it('are looked for in the whole program', () => {
    assert.ok(texts.size > 1_500, `only ${texts.size} texts were found`)
  })
  it('exist for every text that the server says', () => {
    const missing = [...texts].filter(([key]) => !TEXTS.has(key)).map(([key, where]) => `${where}: ${key}`)
    assert.deepEqual(missing, [], 'Write the German of these into src/messages/de, in the words of docs/languages.md')
  })
  it('are none that nobody says any more', () => {
    assert.deepEqual([...TEXTS.keys()].filter((key) => !texts.has(bare(key))), []) // oxfmt-ignore
  })
  it('have the same places to fill in', () => {
    const wrong = [...TEXTS].filter(([key, text]) => placesIn(key).join(' ') !== placesIn(text).join(' '))
    assert.deepEqual(wrong, [])
  })
  it('begin and end with a blank where the English does, and stand once', () => {
    const ends = (text: string): string => `${/^\s*/.exec(text)?.[0]}…${/\s*$/.exec(text)?.[0]}`
    assert.deepEqual([...TEXTS].filter(([key, text]) => ends(bare(key)) !== ends(text)), []) // oxfmt-ignore
    assert.equal(AREAS.flatMap((area) => Object.keys(area)).length, TEXTS.size)
  })
  it('keep the words of docs/languages.md', () => {
    const strange = /\b(?:Ticket|Incident|Mülleimer|Benutzer|Vorgesetzte|Kennwort|Login|bitte|Bitte)\b|!/
    assert.deepEqual([...TEXTS].filter(([, text]) => strange.test(text)), []) // oxfmt-ignore
  })
})
