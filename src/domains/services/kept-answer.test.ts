// What is kept for some seconds is kept in each language for itself.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { said, speaking } from '#engines/say.ts'
import '#platform/languages.ts'
import { KeptAnswers } from './kept-answer.ts'

it('an answer that was computed in German is not given to who asks in English, and the other way round', async () => {
  const kept = new KeptAnswers<string>(60)
  let computed = 0
  const ask = (language: string | null): Promise<string> =>
    speaking(language, () =>
      kept.get('how many', 0, async () => {
        computed += 1
        await Promise.resolve()
        return said('Not found')
      }),
    )
  const answers = await Promise.all([ask('de'), ask(null), ask('de'), ask(null), ask('en-XA')])
  assert.deepEqual(answers.slice(0, 4), ['Nicht gefunden', 'Not found', 'Nicht gefunden', 'Not found'])
  assert.match(answers[4] ?? '', /^⟦/)
  assert.equal(computed, 3)
})
