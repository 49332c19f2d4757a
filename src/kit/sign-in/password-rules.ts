/**
 * What a new password must be (ASVS 5.0 6.2.1, 6.2.4 to 6.2.9, 6.2.11): long, and not one that others try first.
 * No rules of composition: they make passwords worse.
 */
import { dictionary } from '@zxcvbn-ts/language-common'
import { say } from '#engines/say.ts'

export const SHORTEST = 12
export const LONGEST = 200
/** What stands for a letter in "P@ssw0rd". */
const LETTERS: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' } // oxfmt-ignore
const PRODUCT = ['pilothouse']
/** Shorter names ("Al", "IT") stand in half of all good passwords. */
const SHORTEST_NAME = 4
let common: ReadonlySet<string> | null = null

/** Why a new password is refused, in a sentence, or null. @param about names of the person and the organisation, the e-mail */
export function passwordProblem(password: string, about: readonly string[] = [], shortest = SHORTEST): string | null {
  const length = Array.from(password).length
  if (length < shortest) return say`Use at least ${shortest} characters; a few words are easy to remember.`
  if (length > LONGEST) return say`Use at most ${LONGEST} characters.`
  if (isCommon(password)) return say`That is among the passwords that everybody tries first. Choose another.`
  const name = namesIn(password, [...about, ...PRODUCT])
  return name === null
    ? null
    : say`Leave "${name}" out: names of yourself, the organisation and the product are tried first.`
}

/** Also with other letters ("P@ssw0rd"), with figures and signs around it ("password2026!"), or the same again and again. */
function isCommon(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  const known = commonPasswords()
  if (/^(.{1,4})\1*$/u.test(plain) || isRun(plain)) return true
  const half = plain.slice(0, plain.length / 2)
  const forms = [plain, half + half === plain ? half : plain].flatMap((form) => [form, stripped(form), spelled(form), stripped(spelled(stripped(form)))]) // oxfmt-ignore
  return forms.some((form) => known.has(form))
}
function stripped(text: string): string {
  return text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}
function spelled(text: string): string {
  return text.replaceAll(/[@431!0$57]/g, (sign) => LETTERS[sign] ?? sign)
}
/** "abcdefghijkl", "987654321": each character beside the one before. */
function isRun(text: string): boolean {
  const signs = Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
  const steps = signs.slice(1).map((sign, at) => sign - (signs[at] ?? 0))
  return steps.filter((step) => Math.abs(step) <= 1).length >= steps.length - 1
}
function commonPasswords(): ReadonlySet<string> {
  // Unpacked when the first password is set: a server that restarts need not.
  common ??= new Set(dictionary['passwords-common'] as Iterable<string>) // the package types it as an array of either form
  return common
}
function namesIn(password: string, about: readonly string[]): string | null {
  const plain = password.toLowerCase()
  const words = about.flatMap((text) => [text.split('@')[0] ?? '', ...text.split(/[^\p{L}\p{N}]+/u)])
  return words.find((word) => word.length >= SHORTEST_NAME && plain.includes(word.toLowerCase())) ?? null
}
