/**
 * English in disguise (en-XA, as Unicode CLDR calls it): every text that is said through the catalogue comes out as
 * ⟦Ŝéé⟧, about a third longer, so that whatever is not, and whatever a longer language would break, is seen at once.
 */
import type { Language } from './say.ts'

const PLAIN = 'aceghijlnosuwyzACEGHIJLNOSUWYZ'
const DISGUISED = 'âçéĝĥîĵļñôšûŵýžÂÇÉĜĤÎĴĻÑÔŠÛŴÝŽ'

export const pseudoLanguage: Language = {
  tag: 'en-XA',
  phrase: (key) => (key.startsWith('⟦') || key === '' ? key : `⟦${disguised(key)}${'·'.repeat(key.length / 3)}⟧`),
}

function disguised(key: string): string {
  return key.replaceAll(/\{\d+\}|\p{L}/gu, (piece) => {
    const at = piece.length === 1 ? PLAIN.indexOf(piece) : -1
    return at < 0 ? piece : (DISGUISED[at] ?? piece)
  })
}
