// Choices as lines of text, one label a line; the value that is kept stays the same when its label is reworded.
export interface Choice {
  value: string
  label: string
}

export function linesOf(choices: unknown): string {
  return Array.isArray(choices) ? (choices as Choice[]).map(({ label }) => label).join('\n') : ''
}

/** What stood in a line before keeps its value; null when nothing is written. */
export function choicesOf(text: string, before: readonly Choice[]): Choice[] | null {
  const labels = [...new Set(text.split('\n').map((line) => line.trim()))].filter((label) => label !== '')
  const taken = new Set<string>()
  const reserved = new Set(before.filter(({ label }) => labels.includes(label)).map(({ value }) => value))
  const made = labels.map((label, nth) => {
    const same = before.find((one) => one.label === label)?.value
    const reworded = before[nth]?.value
    const free = (value: string): boolean => !taken.has(value) && !reserved.has(value)
    const value = same ?? (reworded !== undefined && free(reworded) ? reworded : unused(valueOf(label), free))
    taken.add(value)
    return { value, label }
  })
  return made.length === 0 ? null : made
}

/** Letters, digits, dots and dashes: what a filter and the API can write. */
function valueOf(label: string): string {
  const plain = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return plain.slice(0, 50) || 'choice'
}
function unused(value: string, isFree: (value: string) => boolean): string {
  if (isFree(value)) return value
  for (let nth = 2; ; nth++) if (isFree(`${value}-${nth}`)) return `${value}-${nth}`
}
