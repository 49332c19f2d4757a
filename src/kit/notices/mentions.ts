/** Mentions in Markdown: links whose text begins with @ and whose address is that of a person or a team. */

/** [@Ann Baker](/people/persons/P-5), [@Network](/people/teams/TEAM-2) */
const MENTION = /\[@(?:[^\]\\]|\\.){1,200}\]\(\/people\/(?:persons\/P|teams\/TEAM)-(\d{1,12})\)/g
/** Nobody writes to more in one comment; the rest is not told. */
const MOST = 50

/** Whom a text mentions, each once. */
export function mentionsIn(body: string): { persons: number[]; teams: number[] } {
  const persons = new Set<number>()
  const teams = new Set<number>()
  for (const [text, id] of body.matchAll(MENTION)) {
    if (persons.size + teams.size === MOST) break
    const among = text.includes('](/people/teams/') ? teams : persons
    among.add(Number(id))
  }
  return { persons: [...persons], teams: [...teams] }
}
