// Where sqlmap attacks: each a request that the signed-in manager makes and that the product answers.
import type { Attack } from '../setup/sqlmap.ts'

/** What cannot be written down beforehand. */
export interface Known {
  /** Where the second page of incidents begins. */
  readonly after: string
  readonly token: string
  readonly session: string
}

export function attacks({ after, token, session }: Known): Attack[] {
  const incidents = '/api/v1/incidents'
  return [
    {
      name: 'a list: filter, order, page size, fields',
      path: `${incidents}?filter=status:new&sort=-openedAt&limit=5&fields=subject,status`,
      places: ['filter', 'sort', 'limit', 'fields'],
    },
    { name: 'words of a list', path: `${incidents}?q=printer&filter=status:new&total=true`, places: ['q', 'filter'] },
    {
      name: 'the next page: the cursor, with filter and order',
      path: `${incidents}?after=${encodeURIComponent(after)}&sort=-openedAt&filter=subject~a&limit=5`,
      places: ['after', 'sort', 'filter'],
    },
    {
      name: 'groups and counts',
      path: `${incidents}/groups?by=status&filter=priority:P1`,
      places: ['by', 'filter'],
    },
    {
      name: 'an export',
      path: `${incidents}/export?format=csv&filter=status:new&sort=-openedAt&fields=subject`,
      places: ['format', 'filter', 'sort', 'fields'],
    },
    { name: 'search', path: '/api/v1/search?q=printer', places: ['q'] },
    { name: 'similar incidents', path: `${incidents}/similar?text=printer`, places: ['text'] },
    { name: 'figures of the desk', path: '/api/v1/reports/desk?from=2026-01-01&to=2026-12-31', places: ['from', 'to'] },
    { name: 'the inbox', path: '/api/v1/inbox?show=unread', places: ['show'] },
    { name: 'who holds which role', path: '/api/v1/grants?person=P-2', places: ['person'] },
    { name: 'the id of a record', path: '/api/v1/services/1*', places: ['#1*'] },
    { name: 'the id of a history', path: `${incidents}/1*/history`, places: ['#1*'] },
    {
      name: 'a new record',
      path: incidents,
      body: { subject: 'Printer', description: 'Paper jam', impact: 'team', tags: ['floor'] },
      places: ['JSON subject', 'JSON description', 'JSON impact', 'JSON #4*'],
    },
    {
      name: 'a change of many',
      path: `${incidents}/bulk`,
      body: { filter: 'status:new', change: { description: 'Changed', urgency: 'low' } },
      places: ['JSON filter', 'JSON description', 'JSON urgency'],
    },
    {
      name: 'a view',
      path: '/api/v1/savedviews',
      body: { name: 'Mine', record: 'incident', query: 'filter=status:new', audience: 'me' },
      places: ['JSON name', 'JSON record', 'JSON query', 'JSON audience'],
    },
    {
      name: 'what is typed and not sent yet',
      path: '/api/v1/me/unsent',
      method: 'PUT',
      body: { on: 'INC-1', part: 'comment', value: 'Not yet' },
      places: ['JSON on', 'JSON part', 'JSON value'],
    },
    {
      name: 'being at a record',
      path: '/api/v1/presence',
      body: { on: 'INC-1', tab: 'scan', stay: 'here' },
      places: ['JSON on', 'JSON tab', 'JSON stay'],
    },
    {
      name: 'headers of a request',
      path: `${incidents}/1`,
      headers: {
        'If-None-Match': '"none*"',
        'Accept-Language': 'en*',
        'X-Forwarded-For': '192.0.2.1*',
        'X-Pilothouse-Person': '1/1*',
        'User-Agent': 'scanner*',
        Referer: 'http://127.0.0.1/*',
      },
      places: ['If-None-Match #1*', 'Accept-Language #1*', 'X-Forwarded-For #1*', 'X-Pilothouse-Person #1*', 'User-Agent #1*', 'Referer #1*'], // oxfmt-ignore
    },
    {
      name: 'the key of a repeated request',
      path: '/api/v1/presence',
      body: { on: 'INC-1', tab: 'scan', stay: 'here' },
      headers: { 'Idempotency-Key': 'scan*' },
      places: ['Idempotency-Key #1*'],
    },
    { name: 'a token', path: '/api/v1/me', headers: { Authorization: `Bearer ${token}*` }, places: ['Authorization #1*'] }, // oxfmt-ignore
    { name: 'a session', path: '/api/v1/me', headers: { Cookie: `pilothouse=${session}*` }, places: ['Cookie #1*'] },
  ]
}
