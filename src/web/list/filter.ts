// The filter text as a list of terms, so that chips and the text box edit the same thing. The server judges the grammar.

export interface Term {
  text: string
  field: string | null
  not: boolean
  operator: string
  values: string[]
}

/** Splits at spaces outside quotes. Free words become terms without a field. */
export function termsOf(filter: string): Term[] {
  const pieces = filter.match(/(?:"[^"]*"?|\S)+/g) ?? []
  return pieces.map((text) => {
    const [, not, field, operator, rest] = /^(-?)([A-Za-z][\w.]*)(>=|<=|>|<|:|~)(.*)$/.exec(text) ?? []
    if (field === undefined || operator === undefined)
      return { text, field: null, not: false, operator: '', values: [] }
    return { text, field, not: not === '-', operator, values: valuesIn(rest ?? '') }
  })
}

function valuesIn(text: string): string[] {
  return (text.match(/"[^"]*"?|[^,]+/g) ?? []).map((value) => value.replaceAll('"', ''))
}

/** The values that a chip of this field has chosen: those of `field:a,b`. */
export function chosenIn(filter: string, field: string): string[] {
  return termsOf(filter).find((term) => term.field === field && term.operator === ':' && !term.not)?.values ?? []
}

/** The filter with this field's `field:a,b` replaced; no values takes it away. */
export function withChosen(filter: string, field: string, values: string[]): string {
  const others = termsOf(filter)
    .filter((term) => !(term.field === field && term.operator === ':' && !term.not))
    .map((term) => term.text)
  const own = values.length === 0 ? [] : [`${field}:${values.map(quoted).join(',')}`]
  return [...others, ...own].join(' ')
}

function quoted(value: string): string {
  return /[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}
