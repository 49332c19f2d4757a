// The chapters of the guide, by duty; the texts stand in docs/guide and come along with the application, so that they are read without the network too.

export const chapters = ['begin', 'people', 'desk', 'services', 'safeguards', 'improvement', 'advice', 'phone'] as const
export type Chapter = (typeof chapters)[number]

const byPlace: Readonly<Record<string, Chapter>> = {
  bridge: 'advice',
  reports: 'advice',
  desk: 'desk',
  estate: 'services',
  people: 'people',
  improvement: 'improvement',
  scan: 'phone',
  'first-steps': 'begin',
}
const safeguarding = new Set(['backup', 'journal', 'retention', 'access', 'security', 'sign-in', 'health'])

/** The chapter that says most about a page. @param name of a section of the settings, or a plural */
export function chapterOf(place: string, name: string): Chapter {
  if (place === 'settings') return safeguarding.has(name) ? 'safeguards' : 'begin'
  return byPlace[place] ?? 'begin'
}
