/** The readable page of an access package: everything in tables, without scripts, to be opened from the disk. */
import { said, say, speaks, toSay } from '#engines/say.ts'
import type { About, Deed, Withheld } from './gather.ts'

export interface PageFacts {
  readonly name: string
  readonly number: string
  readonly organisation: string
  readonly madeAt: string
  /** The code of the last checkpoint of the journal; null before the first. */
  readonly checkpoint: string | null
  readonly records: readonly About[]
  readonly withheld: readonly Withheld[]
  readonly deeds: readonly Deed[]
  readonly signIn: Readonly<Record<string, readonly object[]>>
}
/** Above this a table is long; the rest stands in package.json. */
const MOST = 2000
const STYLE =
  'body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2}'

/** In the language that is spoken: that of the person, who is given it. */
export function packagePage(of: PageFacts): string {
  const title = say`What ${of.organisation} keeps about ${of.name} (${of.number})`
  const lang = speaks()?.tag ?? 'en'
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(title)}</h1><p>${escaped(say`Put together on ${of.madeAt}. The same stands in package.json, for programs; attachments are beside.`)}</p>${of.checkpoint === null ? '' : `<p>${escaped(say`Journal checkpoint ${of.checkpoint}`)}</p>`}
<h2>${escaped(say`Records`)} (${of.records.length})</h2>${table([say`Number`, say`Kind`, say`Class`, say`Why`, say`Source`, say`Date`, say`What it says`], of.records, (one) => [one.number, one.kind, one.class, one.because.join(', '), one.source ?? say`unknown`, one.date, one.values === null ? say`withheld` : sayings(one.values)])}
<h2>${escaped(say`Withheld`)} (${of.withheld.length})</h2>${table([say`Number`, say`Kind`, say`Class`, say`Field`, say`Why`], of.withheld, (one) => [one.number, one.kind, one.class, one.field ?? say`all of it`, one.reason])}
<h2>${escaped(say`Signing in`)}</h2>${Object.entries(of.signIn)
    .map(
      ([name, rows]) =>
        `<h3>${escaped(said(SIGN_IN_PARTS[name] ?? name))} (${rows.length})</h3>${table([say`What is kept`], rows, (row) => [sayings(row)])}`,
    )
    .join('')}
<h2>${escaped(say`What was done`)} (${of.deeds.length})</h2>${table([say`When`, say`Record`, say`What`, say`By them`, say`Source`, say`Changes`], of.deeds, (one) => [one.at, one.about, one.action, one.isBy ? say`yes` : say`no`, one.source, isNames(one.changes) ? one.changes.join(', ') : sayings(one.changes)])}
</body></html>`
}
const SIGN_IN_PARTS: Readonly<Record<string, string>> = {
  sessions: toSay('Sessions'),
  tokens: toSay('API tokens'),
  passkeys: toSay('Passkeys'),
  accounts: toSay('Accounts'),
  identities: toSay('Other ways to sign in'),
  roles: toSay('Roles'),
  preferences: toSay('Preferences'),
  notices: toSay('Choice of notices'),
  inbox: toSay('Inbox'),
  muted: toSay('Muted records'),
  browsers: toSay('Devices that show notices'),
  uploads: toSay('Uploaded and not used yet'),
  unsent: toSay('Typed and not sent'),
}
function isNames(changes: Deed['changes']): changes is readonly string[] {
  return Array.isArray(changes)
}
function sayings(values: object): string {
  return Object.entries(values)
    .map(([label, value]) => `${label}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n')
}
function table<T>(heads: readonly string[], rows: readonly T[], cells: (row: T) => readonly string[]): string {
  if (rows.length === 0) return `<p>${escaped(say`None.`)}</p>`
  const more = rows.length > MOST ? `<p>${escaped(say`… and ${rows.length - MOST} more in package.json.`)}</p>` : ''
  const body = rows.slice(0, MOST).map(
    (row) =>
      `<tr>${cells(row)
        .map((cell) => `<td>${escaped(cell).replaceAll('\n', '<br>')}</td>`)
        .join('')}</tr>`,
  )
  return `<table><thead><tr>${heads.map((head) => `<th>${escaped(head)}</th>`).join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>${more}`
}
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
