// What stands in a box while a text of it goes out.

/** What was typed behind the text that went out; all of it where that was changed itself. */
export function typedSince(sent: string, now: string): string {
  return now.startsWith(sent) ? now.slice(sent.length).trimStart() : now
}
