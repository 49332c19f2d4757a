// A part of the page that is loaded when somebody is about to need it, and is there at once ever after.
import { Problem } from '../data/problem.ts'
import { suspect } from '../data/reach.ts'
import { messages } from '../messages/messages.ts'

export interface Late<Part> {
  /** Null until it has been loaded. */
  now: () => Part | null
  /** Loads it, or answers with what is there. @throws Problem when the server cannot be reached; may be tried again. */
  load: () => Promise<Part>
}

export function late<Part>(fetchPart: () => Promise<Part>): Late<Part> {
  let part: Part | null = null
  async function load(): Promise<Part> {
    try {
      return (part ??= await fetchPart())
    } catch {
      suspect()
      throw new Problem(0, { detail: messages.errors.unreachable })
    }
  }
  return { now: () => part, load }
}

/** A part with another that stands in it: there when both are. */
export function together<Part>(part: Late<Part>, inside: Late<unknown>): Late<Part> {
  return {
    now: () => (inside.now() === null ? null : part.now()),
    load: async () => (await Promise.all([part.load(), inside.load()]))[0],
  }
}
