/** German: every text of the server by its English key. The words are those of docs/languages.md. */
import type { Language } from '#engines/say.ts'
import { TEXTS } from './de/all.ts'

export const german: Language = {
  tag: 'de',
  phrase: (key, place) => (place === undefined ? undefined : TEXTS.get(`${place}|${key}`)) ?? TEXTS.get(key),
  keepsCapitals: true,
}
