// Mentions and numbers of records as they stand in Markdown: links.

/** The @ that is being written at the end of the text, and the words after it; null when there is none. */
export function begunMention(before: string): { from: number; words: string } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{N}.'’-]{0,40}(?: [\p{L}\p{N}.'’-]{1,40}){0,2})$/u.exec(before)
  if (match === null) return null
  const words = match[1] ?? ''
  return { from: before.length - words.length - 1, words }
}

/** [@Ann Baker](/people/persons/P-5) */
export function mentionOf({ title, path }: { title: string; path: string }): string {
  return `[@${title.replaceAll(/[\\[\]]/g, String.raw`\$&`)}](${path})`
}

/** #INC-12 becomes a link to that record, but for what stands in code or is one already. */
export function withRecordLinks(text: string, pathOf: (number: string) => string | null): string {
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, nth) =>
      nth % 2 === 1
        ? part
        : part.replaceAll(/(?<![\w[/#&])#([A-Z]{1,8}-\d{1,12})\b(?!\])/g, (written, number: string) => {
            const path = pathOf(number)
            return path === null ? written : `[${written}](${path})`
          }),
    )
    .join('')
}
