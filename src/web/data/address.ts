// The address bar as the only state of a view: plain text parameters, readable and shareable.

/** Search parameters of any page; every value is text, absent is undefined. */
export interface Search {
  filter?: string
  sort?: string
  q?: string
  view?: string
  columns?: string
  group?: string
  display?: string
  binned?: string
  tab?: string
  to?: string
  [name: string]: string | undefined
}

export function readSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Keeps `:`, `,`, `>` and `/` readable; leaves empty parameters out. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value))
  }
  const text = params
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%3E', '>')
    .replaceAll('%3C', '<')
    .replaceAll('%2F', '/')
  return text === '' ? '' : `?${text}`
}
