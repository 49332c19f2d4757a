// Every language says everything that English says: also where the type only knows "some words by name".
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { catalogues, languages, type Group, type Language } from './catalogues.ts'
import { speak } from './language.ts'
import { messages } from './messages.ts'

const groups = Object.keys(catalogues.en) as Group[]
const others = (Object.keys(languages) as Language[]).filter((language) => language !== 'en')
/** Named by the words of the server for units, which differ by language. */
const ownNames = new Set(['core.values.one'])

/** Dotted names of all texts; a function or a list says how many it takes or has. */
function namesIn(words: unknown, path: string): string[] {
  if (ownNames.has(path)) return []
  if (typeof words === 'string') return [path]
  if (typeof words === 'function') return [`${path}()`]
  assert.ok(typeof words === 'object' && words !== null, path)
  return Object.entries(words).flatMap(([name, inner]) => namesIn(inner, `${path}.${name}`))
}

describe('the catalogues', () => {
  for (const language of others)
    it(`of ${languages[language]} have the texts that English has, none empty that English fills`, async () => {
      for (const group of groups) {
        const [english, own] = await Promise.all([catalogues.en[group](), catalogues[language][group]()])
        assert.deepEqual(namesIn(own, group).toSorted(), namesIn(english, group).toSorted())
      }
    })

  it('count by the rules of their language', async () => {
    await speak('de')
    assert.equal(messages.composer.files(1), '1 Datei')
    assert.equal(messages.composer.files(1200), '1.200 Dateien')
    await speak('en')
    assert.equal(messages.composer.files(1), '1 file')
    assert.equal(messages.composer.files(1200), '1,200 files')
  })

  it('are read in the language of the moment, also by whoever took a part of them before', async () => {
    const { record } = messages
    await speak('de')
    assert.equal(record.save, 'Speichern')
    assert.deepEqual(Object.keys(messages.settings.themes), ['auto', 'light', 'dark'])
    await speak('en')
    assert.equal(record.save, 'Save')
  })

  it('can be disguised, each text and what each function says', async () => {
    await speak('en-XB')
    assert.match(messages.record.save, /^⟦.*⟧$/)
    assert.match(messages.composer.files(2), /^⟦2 .*⟧$/)
    await speak('en')
  })
})
