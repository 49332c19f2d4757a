// A part of the page that is loaded when somebody is about to need it, and is there at once ever after.

export interface Late<Part> {
  /** Null until it has been loaded. */
  now: () => Part | null
  /** Loads it, or answers with what is there. @throws when the server cannot be reached; may be tried again. */
  load: () => Promise<Part>
}

export function late<Part>(fetchPart: () => Promise<Part>): Late<Part> {
  let part: Part | null = null
  return { now: () => part, load: async () => (part ??= await fetchPart()) }
}
