// What a named character of Markdown (&copy;) stands for: the browser knows them all, so no list of them is sent along.
import { rendered } from './trusted-html.ts'

const element = document.createElement('i')

/** In place of decode-named-character-reference, which micromark asks; that one writes HTML past the content policy. False when there is none of this name. */
export function decodeNamedCharacterReference(name: string): string | false {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return false
  const asked = `&${name};`
  element.innerHTML = rendered(asked)
  const found = element.textContent
  // A name may be known without its semicolon: &notit; would become ¬it;
  return found === asked || (found.endsWith(';') && name !== 'semi') ? false : found
}
