import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { pseudoLanguage } from './pseudo-language.ts'
import type { Language } from './say.ts'
import { keyOf, said, say, speakThrough } from './say.ts'

const german: Language = {
  tag: 'de',
  phrase: (key) => ({ '{0} of {1} fit.': 'Von {1} passen {0}.', Team: 'Gruppe', '{0} and {7}': '{7} und {0}' })[key],
}
const inLanguage = (language: Language | null, work: () => string): string => {
  speakThrough({ known: [german], current: () => language, within: (_, work) => work() })
  return work()
}

describe('a sentence', () => {
  after(() => speakThrough({ known: [], current: () => null, within: (_, work) => work() }))
  const fit = (): string => say`${3} of ${'{0}'} fit.`
  it('is English by itself, and what is filled in stays as it is', () => {
    assert.equal(inLanguage(null, fit), '3 of {0} fit.')
    assert.equal(
      inLanguage(null, () => say``),
      '',
    )
    assert.equal(
      inLanguage(null, () => say`${null} and ${undefined}`),
      'null and undefined',
    )
  })
  it('comes in the order of its language', () => {
    assert.equal(inLanguage(german, fit), 'Von {0} passen 3.')
  })
  it('stays English where the language has no words for it', () => {
    assert.equal(
      inLanguage(german, () => say`${1} is missing.`),
      '1 is missing.',
    )
    assert.equal(
      inLanguage(german, () => said('Person')),
      'Person',
    )
    assert.equal(
      inLanguage(german, () => said('Team')),
      'Gruppe',
    )
  })
  it('shows a place that a translation made up', () => {
    assert.equal(
      inLanguage({ ...german, phrase: () => '{7} {0}' }, () => say`${1}`),
      '{7} 1',
    )
  })
  it('has its English text with numbered places as its key', () => {
    assert.equal(keyOf(['', ' of ', ' fit.']), '{0} of {1} fit.')
    assert.equal(keyOf(['Team']), 'Team')
  })
  it('in disguise keeps its places, is longer, and is not disguised twice', () => {
    const text = inLanguage(pseudoLanguage, () => say`${'Ada'} has left.`)
    assert.match(text, /^⟦Ada ĥâš ļéft\.·+⟧$/)
    assert.equal(
      inLanguage(pseudoLanguage, () => said(text)),
      text,
    )
  })
})
