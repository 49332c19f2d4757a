// The language of this page: which one it is, its catalogues, and who has to be told when another is chosen.
import { useSyncExternalStore } from 'react'
import { catalogues, languages, type Catalogues, type Group, type Language } from './catalogues.ts'

type Held = { [G in Group]?: Catalogues[G] }
interface Spoken {
  /** What the server is asked for, and what the document says of itself. */
  readonly tag: string
  readonly language: Language
  readonly isDisguised: boolean
}

const KEPT = 'pilothouse.language'
let spoken: Spoken = { tag: 'en', language: 'en', isDisguised: false }
let held: Held = {}
let wanted = 0
const listeners = new Set<() => void>()

/** What the browser speaks, or English; `en-XB` is English in disguise, written from right to left, for trying screens. */
export function browserLanguage(): Language | 'en-XB' {
  for (const tag of navigator.languages) {
    if (tag === 'en-XB') return tag
    const primary = tag.split('-')[0] ?? ''
    if (isLanguage(primary)) return primary
  }
  return 'en'
}

/** What was chosen here last; the person's preference, once it is known, counts more. */
export function keptLanguage(): Language | 'en-XB' {
  const kept = localStorage.getItem(KEPT)
  return kept !== null && isLanguage(kept) ? kept : browserLanguage()
}

/** Null: as the browser. Kept for the next visit, until somebody signs out. */
export function keepLanguage(language: Language | null): void {
  if (language === null) localStorage.removeItem(KEPT)
  else localStorage.setItem(KEPT, language)
}

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag)
}

/** Loads the words that are needed so far in this language, then speaks it. False when it was spoken already, or another was chosen meanwhile. */
export async function speak(wish: Language | 'en-XB'): Promise<boolean> {
  const turn = ++wanted
  if (wish === spoken.tag && held.core) return false
  const next: Spoken = { tag: wish, language: wish === 'en-XB' ? 'en' : wish, isDisguised: wish === 'en-XB' }
  const groups = [...new Set<Group>(['core', ...(Object.keys(held) as Group[])])]
  const loaded = await Promise.all(groups.map(async (group) => [group, await loadedIn(next, group)] as const))
  if (turn !== wanted) return false
  spoken = next
  held = Object.fromEntries(loaded)
  if (typeof document !== 'undefined') {
    document.documentElement.lang = next.tag
    document.documentElement.dir = next.isDisguised ? 'rtl' : 'ltr'
  }
  for (const listener of listeners) listener()
  return true
}

/** Loads a screen together with the words that it alone needs. */
export async function withWords<T>(group: Group, screen: Promise<T>): Promise<T> {
  while (held[group] === undefined) {
    const asked = spoken
    const loaded = await loadedIn(asked, group)
    // Another language may have been chosen meanwhile.
    if (asked === spoken) held = { ...held, [group]: loaded }
  }
  return screen
}

async function loadedIn({ language, isDisguised }: Spoken, group: Group): Promise<Catalogues[Group]> {
  const words = await catalogues[language][group]()
  return isDisguised ? (await import('./disguise.ts')).disguised(words) : words
}

/** The language of the words, as a component that is drawn again when it changes. */
export function useLanguage(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => spoken.tag,
  )
}

/** The tag of the language that is spoken: `en`, `de`. */
export function spokenTag(): string {
  return spoken.tag
}

/** What the server is asked to answer in. It knows the disguise by the other name that it has there. */
export function askedLanguage(): string {
  return spoken.isDisguised ? 'en-XA' : spoken.tag
}

/** A catalogue as its screens read it: always in the language that is spoken now. Only what a screen draws may be read, nothing while modules are loaded. */
export function wordsOf<G extends Group>(group: G): Catalogues[G] {
  // What is read from it has the shape of the catalogue, once that is loaded.
  return live(() => held[group]) as Catalogues[G]
}

type Words = Record<PropertyKey, unknown>

function live(now: () => unknown): Words {
  const parts = new Map<PropertyKey, Words>()
  const part = (name: PropertyKey): Words => {
    const known = parts.get(name) ?? live(() => (now() as Words | undefined)?.[name])
    parts.set(name, known)
    return known
  }
  const all = (): Words => (now() ?? {}) as Words
  return new Proxy<Words>(
    {},
    {
      get: (_, name) => {
        if (now() === undefined) return part(name)
        const value = all()[name]
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? part(name) : value
      },
      has: (_, name) => name in all(),
      ownKeys: () => Reflect.ownKeys(all()),
      getOwnPropertyDescriptor: (_, name) =>
        name in all() ? { value: all()[name], enumerable: true, configurable: true } : undefined,
    },
  )
}
