// Every text that the server says has its key: in English in disguise (en-XA) nothing is left as it was.
import assert from 'node:assert/strict'
import { get } from 'node:http'
import { before, describe, it } from 'node:test'
import { openSession } from '#kit/sign-in.ts'
import type { Answered } from '../setup/call.ts'
import { speaks } from '../setup/language.ts'
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
function ask(method: string, path: string, asked: Asked = {}, language = 'en-XA'): Promise<Answered> {
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
/** Wholly said: from end to end, and without a word of English in what was filled in. */
const isSaid = (text: string): boolean =>
  text === '' || (/^\s*⟦[^]*⟧$/.test(text) && !/\b(?:the|is|of|not|and|was|has|to|one|it|you|are|must|be)\b/.test(text))
const plain = (value: unknown, names: readonly string[]): string[] =>
  textsAt(value, names).filter((text) => !isSaid(text))

describe('a plain link to a file', () => {
  it('speaks the language that the person chose, not the browser, and what a page asks for goes on as it asks', async () => {
    const { agent } = server.people
    const { key } = await openSession(server.db, { org: 1, person: agent.id })
    await server.call('POST', '/incidents', { token: agent.token, body: { subject: 'The ERP is slow' } })
    // fetch() says by itself how it asks; a browser that follows a link says "navigate".
    const follow = (mode: string): Promise<[string, string | undefined]> =>
      new Promise((resolve, reject) => {
        const headers = { cookie: `pilothouse=${key}`, 'accept-language': 'en-GB,en', 'sec-fetch-mode': mode }
        const asked = get(`${server.url}/api/v1/incidents/export?format=csv&fields=subject`, { headers }, (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (part: string) => (text += part))
          answer.on('end', () =>
            resolve([/Betreff|Subject/.exec(text)?.[0] ?? text, answer.headers['content-language']]),
          )
        })
        asked.on('error', reject)
      })
    assert.deepEqual(await follow('navigate'), ['Subject', 'en'], 'none is chosen')
    await speaks(server.db, agent, 'de')
    assert.deepEqual(await follow('navigate'), ['Betreff', 'de'])
    assert.deepEqual(await follow('cors'), ['Subject', 'en'])
    await server.db.query('delete from preference where person = $1', [agent.id])
  })
})

describe('the language of a request', () => {
  const title = async (language: string): Promise<string> =>
    textsAt((await ask('GET', '/incidents/999999', {}, language)).body, ['title'])[0] ?? ''
  it('is the first of Accept-Language that is known, else English', async () => {
    assert.equal(await title('fr, it;q=0.4'), 'Not found')
    assert.equal(await title('de-AT'), 'Nicht gefunden')
    assert.equal(await title('fr-CH, de;q=0.5, en;q=0.4'), 'Nicht gefunden')
    assert.equal(await title('de;q=0.5, en'), 'Not found')
    assert.equal(await title('DE-ch , *;q=0.1'), 'Nicht gefunden')
    assert.match(await title('fr, en-XA;q=0.5'), /^⟦.+⟧$/)
    assert.equal(await title('en-XA;q=0.5, en-GB'), 'Not found')
    assert.equal(await title('en-XA;q=0'), 'Not found')
  })
  it('is English after a header that is none', async () => {
    for (const language of [
      ';;;',
      ',,,',
      'q=1',
      'en-XA;q=abc',
      'deutsch',
      'd',
      '-de',
      '*',
      'x'.repeat(4_000),
      ','.repeat(4_000),
    ])
      assert.equal(await title(language), 'Not found', language.slice(0, 20))
  })
  it('is that of whoever asks, while others ask in theirs', async () => {
    const languages = Array.from({ length: 60 }, (_, nth) => ['en-XA', 'en', 'de'][nth % 3] ?? 'en')
    const titles = await Promise.all(languages.map((language) => title(language)))
    const inLanguages = titles.map((text) => (text.startsWith('⟦') ? 'en-XA' : text === 'Nicht gefunden' ? 'de' : 'en'))
    assert.deepEqual(inLanguages, languages)
  })
})

describe('an answer', () => {
  it('says its language, and that it depends on what was asked for', async () => {
    for (const [asked, language] of [
      ['de-AT', 'de'],
      ['en', 'en'],
      ['fr', 'en'],
      ['en-XA', 'en-XA'],
    ] as const)
      // oxfmt-ignore
      for (const path of ['/incidents', '/incidents/999999', '/nothing', '/records', '/incidents/export']) {
        const { headers } = await ask('GET', path, {}, asked)
        assert.equal(headers.get('content-language'), language, path)
        assert.match(headers.get('vary') ?? '', /accept-language/i, path)
      }
  })
})

describe('in English in disguise', () => {
  const DECLARED = ['label', 'labelPlural', 'about', 'help', 'emptyText']
  it('every declared text of every kind of record is said', async () => {
    const { body } = await ask('GET', '/records')
    assert.ok(textsAt(body, DECLARED).length > 1_000)
    assert.deepEqual(plain(body, DECLARED), [])
    assert.deepEqual(textsAt((await ask('GET', '/records', {}, 'en')).body, DECLARED).filter((text) => text.includes('⟦')), []) // oxfmt-ignore
  })
  it('every refusal is said, with what is wrong at each field', async () => {
    const made = (await ask('POST', '/incidents', { body: { subject: 'The printer' } })).body as { id: number }
    const stale = { headers: { 'if-match': '"77"' }, body: { subject: 'x' } }
    const refusals = [
      ask('GET', '/incidents', { token: null }),
      ask('GET', '/incidents', { token: 'nobody' }),
      ask('GET', '/incidents/999999'),
      ask('GET', '/nothing'),
      ask('GET', '/incidents?filtre=x'),
      ask('GET', '/incidents?limit=x'),
      ask('GET', '/incidents?cursor=x'),
      ask('GET', '/incidents?sort=nothing'),
      ask('GET', '/incidents?filter=nothing:x'),
      ask('GET', '/incidents?filter=openedAt%3Ayesterdayish'),
      ask('GET', '/incidents?filter=status%3Anonsense'),
      ask('POST', '/incidents', { body: {} }),
      ask('POST', '/incidents', { body: { subject: 7, team: 'x', impact: 'nobody', openedAt: 'soon', no: 1 } }),
      ask('POST', '/incidents', { body: { subject: 'x'.repeat(5_000), service: 999_999 } }),
      ask('PATCH', `/incidents/${made.id}`, stale),
      ask('PATCH', `/incidents/${made.id}`, { ...stale, headers: {} }),
      ask('POST', `/incidents/${made.id}/resolve`, { body: {} }),
      ask('POST', `/incidents/${made.id}/reopen`, { body: {} }),
      ask('GET', '/jobs'),
      ask('POST', '/roles', { body: { name: 'x' } }),
      ask('POST', '/calendars/preview', { body: { calendar: { zone: 'Nowhere' }, from: 'x', workingSeconds: -1 } }),
    ]
    const answers = await Promise.all(refusals)
    answers.forEach(({ status, body }, nth) => {
      assert.ok(status >= 400 && status < 500, `${nth}: ${status}`)
      // A refusal for a stale revision brings the record as it stands, whose titles are people's own words.
      const { current: _, ...said } = body as Record<string, unknown>
      assert.deepEqual(plain(said, ['title', 'detail']), [], `${nth}: ${JSON.stringify(said)}`)
    })
  })
  it('moves that may not be made say why, and due times how they come about', async () => {
    const made = (await ask('POST', '/incidents', { body: { subject: 'The scanner' } })).body as { id: number }
    const { body } = await ask('GET', `/incidents/${made.id}`)
    assert.ok(textsAt(body, ['label', 'because']).length > 3)
    assert.deepEqual(plain(body, ['label', 'because']), [])
    const preview = await ask('POST', '/calendars/preview', {
      body: {
        calendar: {
          timezone: 'Europe/Paris',
          hours: { fri: [['09:00', '17:00']], mon: [['09:00', '17:00']] },
          holidays: [],
        },
        from: '2026-11-20T10:00:00Z',
        workingSeconds: 36_000,
      },
    })
    assert.equal(preview.status, 200)
    const lines = textsAt(preview.body, ['text'])
    assert.ok(lines.length > 1, JSON.stringify(preview.body))
    assert.deepEqual(lines.filter((text) => !isSaid(text)), []) // oxfmt-ignore
  })
  it('the bridge is said', async () => {
    const { status, body } = await ask('GET', '/bridge', { token: server.people.manager.token })
    assert.equal(status, 200, JSON.stringify(body))
    const texts = textsAt(body, ['label', 'text', 'because'])
    assert.ok(texts.length > 12)
    assert.deepEqual(texts.filter((text) => !isSaid(text)), []) // oxfmt-ignore
  })
})
