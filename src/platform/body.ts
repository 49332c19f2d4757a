/** What holds for every JSON body, before its route looks at it: not nested without end, no NUL character, whole characters. */
import { say } from '#engines/say.ts'
import { unfit } from '#kit/problem.ts'

/** Deeper than any structure of ours; recursion over it stays far from the end of the stack. */
const DEEPEST = 40

/**
 * The body with half characters (lone surrogates) replaced, as a browser would send them.
 * @throws a refusal (422) that points at a NUL character, which the database cannot keep, or at what is nested too deeply
 */
export function readBody(body: unknown): unknown {
  return isPlain(body, '', 0) ? body : wellFormed(body)
}

/** Whether every text in it is well formed. */
function isPlain(value: unknown, pointer: string, depth: number): boolean {
  if (typeof value === 'string') return isWhole(value, pointer)
  if (typeof value !== 'object' || value === null) return true
  if (depth === DEEPEST)
    throw unfit([{ pointer, detail: say`This is nested too deeply. Send at most ${DEEPEST} levels.` }])
  let isSo = true
  for (const [key, inner] of Object.entries(value)) {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    isSo = isWhole(key, here) && isSo
    isSo = isPlain(inner, here, depth + 1) && isSo
  }
  return isSo
}
function isWhole(text: string, pointer: string): boolean {
  if (text.includes('\u0000'))
    throw unfit([
      { pointer: pointer.replaceAll('\u0000', ''), detail: say`The text holds a NUL character; remove it.` },
    ])
  return text.isWellFormed()
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]))
}
