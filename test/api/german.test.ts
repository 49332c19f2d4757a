// In German nothing of the server's own words is left in English: declarations, refusals, due times, the bridge, history.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { TEXTS } from '#messages/de/all.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
interface Asked {
  readonly body?: unknown
  readonly token?: string | null
  readonly headers?: Record<string, string>
}
function ask(method: string, path: string, asked: Asked = {}, language = 'de-AT'): Promise<Answered> {
  const { token = server.people.agent.token, body, headers = {} } = asked
  return server.call(method, path, {
    ...(body === undefined ? {} : { body }),
    ...(token === null ? {} : { token }),
    headers: { 'accept-language': language, ...headers },
  })
}

/** Texts at these names, anywhere in an answer. */
function textsAt(value: unknown, names: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsAt(one, names))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' && names.includes(name) ? [inner] : textsAt(inner, names),
  )
}
/** Words that stand in every second English sentence and in no German one. */
const ENGLISH =
  /\b(?:the|is|of|not|and|were|has|have|to|one|it|you|are|must|be|by|at|for|with|what|which|who|give|choose|needed|left)\b/i
const english = (texts: readonly string[]): string[] =>
  texts.filter((text) => ENGLISH.test(text.replaceAll(/„[^“]*“|[\w.]+:\S+/g, '…')))

describe('in German', () => {
  const DECLARED = ['label', 'labelPlural', 'about', 'help', 'emptyText', 'unit']
  it('every declared text of every kind of record is said', async () => {
    const [here, there] = await Promise.all([ask('GET', '/records'), ask('GET', '/records', {}, 'en')])
    const [germans, originals] = [textsAt(here.body, DECLARED), textsAt(there.body, DECLARED)]
    assert.ok(germans.length > 1_000)
    assert.equal(germans.length, originals.length)
    const wrong = originals.filter((text, nth) => /\p{L}{2}/u.test(text) && germans[nth] !== TEXTS.get(text))
    assert.deepEqual([...new Set(wrong)], [])
  })
  it('every refusal is said, with what is wrong at each field', async () => {
    const made = (await ask('POST', '/incidents', { body: { subject: 'Drucker' } })).body as { id: number }
    const stale = { headers: { 'if-match': '"77"' }, body: { subject: 'x' } }
    const asked: readonly [string, string, Asked?][] = [
      ['GET', '/incidents', { token: null }],
      ['GET', '/incidents/999999'],
      ['GET', '/nothing'],
      ['GET', '/incidents?filtre=x'],
      ['GET', '/incidents?limit=x'],
      ['GET', '/incidents?sort=nothing'],
      ['GET', '/incidents?filter=nothing:x'],
      ['GET', '/incidents?filter=openedAt%3Ayesterdayish'],
      ['GET', '/incidents?filter=status%3Anonsense'],
      ['GET', '/incidents?filter=team%3ANowhere'],
      ['POST', '/incidents', { body: {} }],
      ['POST', '/incidents', { body: { subject: 7, team: 'x', impact: 'nobody', openedAt: 'soon', no: 1 } }],
      ['POST', '/incidents', { body: { subject: 'x'.repeat(5_000), service: 999_999 } }],
      ['PATCH', `/incidents/${made.id}`, stale],
      ['PATCH', `/incidents/${made.id}`, { ...stale, headers: {} }],
      ['POST', `/incidents/${made.id}/resolve`, { body: {} }],
      ['POST', `/incidents/${made.id}/reopen`, { body: {} }],
      ['GET', '/jobs'],
      ['POST', '/roles', { body: { name: 'x' } }],
      ['POST', '/calendars/preview', { body: { calendar: { zone: 'X' }, from: 'x', workingSeconds: -1 } }],
      ['POST', '/persons/preferences', { body: {} }],
      ['GET', '/incidents/groups?by=nothing'],
      ['GET', '/reports/service-levels?by=nothing'],
    ]
    for (const [method, path, more] of asked) {
      const { status, body } = await ask(method, path, more)
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`)
      // A refusal for a stale revision brings the record as it stands, whose titles are people's own words.
      const { current: _, ...said } = body as Record<string, unknown>
      assert.deepEqual(english(textsAt(said, ['title', 'detail'])), [], `${path}: ${JSON.stringify(said)}`)
    }
  })
  it('names what is amid a sentence as German does, and keeps the state of a record in its own words', async () => {
    const made = (await ask('POST', '/incidents', { body: { subject: 'Beamer' } })).body as { id: number }
    const { body } = await ask('POST', `/incidents/${made.id}/reopen`, { body: {} })
    assert.match(textsAt(body, ['detail'])[0] ?? '', /hat den Status Neu; „Wieder öffnen“ ist nur möglich aus/)
    const needed = await ask('POST', '/incidents', { body: {} })
    assert.match(JSON.stringify(needed.body), /Betreff wird gebraucht\./)
  })
  it('moves say why they may not be made, and due times how they come about, with German dates', async () => {
    const made = (await ask('POST', '/incidents', { body: { subject: 'Scanner' } })).body as { id: number }
    const { body } = await ask('GET', `/incidents/${made.id}`)
    assert.ok(textsAt(body, ['label', 'because']).length > 3)
    assert.deepEqual(english(textsAt(body, ['label', 'because'])), [])
    const hours = { timezone: 'Europe/Berlin', hours: { fri: [['09:00', '17:00']], mon: [['09:00', '17:00']] }, holidays: ['2026-11-23'] } // oxfmt-ignore
    for (const amount of [{ workingSeconds: 36_000 }, { workingDays: 1 }, { workingDays: 3 }]) {
      const preview = await ask('POST', '/calendars/preview', { body: { calendar: hours, from: '2026-11-20T10:00:00Z', ...amount } }) // oxfmt-ignore
      assert.equal(preview.status, 200, JSON.stringify(preview.body))
      const lines = textsAt(preview.body, ['text'])
      assert.deepEqual(english(lines), [])
      assert.match(lines[0] ?? '', /Fr\.?,? 20\. Nov\.? 2026/)
      assert.doesNotMatch(lines.join(' '), /1 Arbeitstage|3 Arbeitstag\b/)
    }
  })
  it('the bridge, the reports and what one may do are said', async () => {
    const token = server.people.manager.token
    for (const path of ['/bridge', '/reports/desk', `/access/persons/${server.people.agent.id}`]) {
      const { status, body } = await ask('GET', path, { token: path.startsWith("/access") ? server.people.auditor.token : token }) // oxfmt-ignore
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
      const texts = textsAt(body, ['label', 'text', 'because', 'about', 'definition'])
      assert.ok(texts.length > 5, path)
      assert.deepEqual(english(texts), [], path)
    }
  })
  it('history says what the product itself gave as a reason in the language of the reader', async () => {
    const { requester, agent } = server.people
    const made = (await ask('POST', '/incidents', { body: { subject: 'Maus', requester: requester.id } })).body as { id: number } // oxfmt-ignore
    await ask('POST', `/incidents/${made.id}/comments`, { body: { body: 'Kommt morgen.' } }, 'en')
    const reasons = async (language: string): Promise<string[]> =>
      textsAt((await ask('GET', `/incidents/${made.id}/history`, { token: agent.token }, language)).body, ['reason', 'label']) // oxfmt-ignore
    assert.ok((await reasons('de')).includes('Erste öffentliche Antwort'))
    assert.ok((await reasons('en')).includes('First public answer'))
    assert.deepEqual(english(await reasons('de')), [])
  })
  it('exports have German headings and choices; the heading and its number are columns of their own', async () => {
    const { text } = await ask('GET', '/incidents/export?format=csv&fields=subject,status,team')
    const [head = ''] = text.replace('\uFEFF', '').split('\n')
    assert.match(head, /Nummer.Betreff.Status.Team.Team \(Nummer\)/)
    assert.match(text, /Neu/)
    const english = await ask('GET', '/incidents/export?format=csv&fields=subject,status,team', {}, 'en')
    assert.match(english.text, /Number.Subject.Status.Team.Team number/)
  })
})
