// Files that were made to exhaust whoever reads them: refused in words, in little memory, while others are answered.
import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { openTable } from '#platform/transfer/read.ts'
import { UnreadableFile } from '#platform/transfer/unreadable.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const MOST_MB = 260
const MOST_MS = 15_000
let folder = ''
let made = 0
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-bombs-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

interface Part {
  name: string
  /** What it unpacks to; packed here unless `packed` says what lies in the file. */
  content: Buffer
  packed?: Buffer
  /** Instead of the real size. */
  declared?: number
}
/** A ZIP by hand: no library writes the broken ones. */
function zip(parts: readonly Part[], twist: { overlap?: boolean } = {}): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  let first = 0
  for (const [
    index,
    { name, content, packed = deflateRawSync(content, { level: 9 }), declared = content.length },
  ] of parts.entries()) {
    const title = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(content), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(declared, 22)
    head.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    head.copy(entry, 16, 14, 28)
    entry.writeUInt16LE(title.length, 28)
    const isShared = twist.overlap === true && index > first
    entry.writeUInt32LE(isShared ? first : at, 42)
    central.push(entry, title)
    if (isShared) continue
    first = at
    local.push(head, title, packed)
    at += 30 + title.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, directory, end])
}
const MAIN =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
/** A small workbook with these parts in place of its own. */
function workbook(other: Readonly<Record<string, string | Buffer>> = {}, more: readonly Part[] = []): Buffer {
  const link = (id: number, type: string, target: string): string =>
    `<Relationship Id="r${id}" Type="${REL}/${type}" Target="${target}"/>`
  const parts: Record<string, string | Buffer> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${link(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN}><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${link(1, 'worksheet', 'worksheets/sheet1.xml')}${link(2, 'sharedStrings', 'texts.xml')}${link(3, 'styles', 'styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${MAIN}><sheetData><row><c t="str"><v>a</v></c></row><row><c t="str"><v>1</v></c></row></sheetData></worksheet>`,
    ...other,
  }
  return zip([...Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })), ...more])
}
const times = (text: string, bytes: number): Buffer => Buffer.alloc(bytes, text)
const around = (before_: string, within: Buffer, after_: string): Buffer =>
  Buffer.concat([Buffer.from(before_), within, Buffer.from(after_)])
/** Bytes that do not pack well: the ratio of packed to unpacked stays harmless. */
function noise(bytes: number): Buffer {
  const out = Buffer.alloc(bytes)
  let state = 7
  for (let at = 0; at < bytes; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    out[at] = 97 + ((state >>> 16) % 24)
  }
  return out
}

const bombs: Readonly<Record<string, () => Buffer>> = {
  'a sheet that unpacks a thousandfold': () =>
    workbook({
      'xl/worksheets/sheet1.xml': around(
        `<worksheet ${MAIN}><sheetData><row><c t="str"><v>`,
        times('0', 300_000_000),
        '</v></c></row></sheetData></worksheet>',
      ),
    }),
  'a table of texts under another name': () =>
    workbook({ 'xl/texts.xml': around('<sst>', times('<si/>', 250_000_000), '</sst>') }, [
      { name: 'noise', content: noise(4_000_000) },
    ]),
  'a table of millions of empty texts': () =>
    workbook({ 'xl/texts.xml': around('<sst>', times('<si/>', 60_000_000), '</sst>') }, [
      { name: 'noise', content: noise(2_000_000) },
    ]),
  'formats without end': () =>
    workbook(
      {
        'xl/styles.xml': around(
          '<styleSheet><cellXfs>',
          times('<xf numFmtId="1"/>', 90_000_000),
          '</cellXfs></styleSheet>',
        ),
      },
      [{ name: 'noise', content: noise(2_000_000) }],
    ),
  'links without end': () =>
    workbook(
      {
        'xl/_rels/workbook.xml.rels': around(
          '<Relationships>',
          times('<Relationship Id="r" Type="x" Target="y"/>', 90_000_000),
          '</Relationships>',
        ),
      },
      [{ name: 'noise', content: noise(2_000_000) }],
    ),
  'sheets without end': () =>
    workbook(
      {
        'xl/workbook.xml': around(
          `<workbook ${MAIN}><sheets>`,
          times('<sheet name="A" sheetId="1" r:id="r1"/>', 90_000_000),
          '</sheets></workbook>',
        ),
      },
      [{ name: 'noise', content: noise(2_000_000) }],
    ),
  'twelve thousand parts': () =>
    workbook(
      {},
      Array.from({ length: 12_000 }, (_, n) => ({ name: `p${n}`, content: Buffer.from('x') })),
    ),
  'ten thousand parts that share one body (overlapping)': () => {
    const body = Buffer.alloc(400_000)
    return zip(
      [
        { name: '[Content_Types].xml', content: body },
        ...Array.from({ length: 9_000 }, (_, n) => ({ name: `p${n}`, content: body, packed: Buffer.alloc(0) })),
      ],
      { overlap: true },
    )
  },
  'a workbook within a workbook within a workbook': () => {
    let inner = workbook({ 'xl/worksheets/sheet1.xml': times('0', 50_000_000) })
    for (let depth = 0; depth < 5; depth++) inner = workbook({ 'xl/worksheets/sheet1.xml': inner })
    return inner
  },
  'a part larger than it says': () =>
    workbook({}, [{ name: 'xl/texts.xml', content: times('<si/>', 20_000_000), declared: 40 }]),
  'entities that multiply (billion laughs)': () =>
    workbook({
      'xl/worksheets/sheet1.xml': `<!DOCTYPE x [${Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('')}<!ENTITY e0 "ha">]><worksheet><sheetData><row><c t="str"><v>&e12;</v></c></row></sheetData></worksheet>`,
    }),
  'a file of the server as an entity (XXE)': () =>
    workbook({
      'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row><row><c t="str"><v>1</v></c></row></sheetData></worksheet>`,
    }),
  'another server as a document type': () =>
    workbook({ 'xl/workbook.xml': `<!DOCTYPE workbook SYSTEM "http://127.0.0.1:9/x.dtd"><workbook/>` }),
  'a part that leads out of the file': () =>
    workbook({
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${REL}/worksheet" Target="../../../../etc/passwd"/></Relationships>`,
    }),
  'tags nested without end': () => workbook({ 'xl/worksheets/sheet1.xml': times('<a>', 3_000_000) }),
  'a tag with a million attributes': () =>
    workbook({
      'xl/worksheets/sheet1.xml': around(
        `<worksheet><row `,
        Buffer.from(Array.from({ length: 900_000 }, (_, n) => `a${n}="1"`).join(' ')),
        '/></worksheet>',
      ),
    }),
  'gzip that unpacks a thousandfold': () => gzipSync(times('a,b\n', 400_000_000)),
  'gzip within gzip within gzip': () => gzipSync(gzipSync(gzipSync(times('0', 200_000_000)))),
  'a line without an end': () => times('a', 30_000_000),
  'one quotation mark': () => around('a,b\n"', times('x\n', 30_000_000), ''),
  'a hundred thousand columns': () => times('a,', 200_000),
}

describe('[ASVS 5.2.1] [ASVS 5.2.3] [ASVS 1.5.1] a file that was made to exhaust a computer', () => {
  for (const [name, bomb] of Object.entries(bombs))
    it(`is refused in bounded time and memory: ${name}`, { timeout: 60_000 }, async () => {
      const file = path.join(folder, String(++made))
      writeFileSync(file, bomb())
      globalThis.gc?.()
      const atFirst = process.memoryUsage().rss
      let most = atFirst
      const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
      const began = performance.now()
      const refusal = await openTable(file)
        .then(async (table) => {
          for await (const row of table.rows()) assert.doesNotMatch(JSON.stringify(row.cells), /root:/)
          return null
        })
        .catch((error: unknown) => error)
      clearInterval(watch)
      most = Math.max(most, process.memoryUsage().rss)
      const tookMs = performance.now() - began
      assert.ok(refusal instanceof UnreadableFile, `${name}: ${refusal === null ? 'was read' : String(refusal)}`)
      assert.ok(tookMs < MOST_MS, `${Math.round(tookMs)} ms`)
      const megabytes = Math.round((most - atFirst) / 1e6)
      assert.ok(megabytes < MOST_MB, `${megabytes} MB`)
    })
})

describe('[ASVS 5.2.2] [ASVS 5.3.2] [ASVS 5.4.2] an attachment', () => {
  let server: TestServer
  let address = ''
  before(async () => {
    server = await startTestServer()
    const incident = await server.call('POST', '/incidents', {
      token: server.people.agent.token,
      body: { subject: 'x' },
    })
    address = `/incidents/${(incident.body as { id: number }).id}/attachments`
  })
  const attach = async (
    content: Buffer | string,
    name: string,
  ): Promise<{ status: number; type: string; url: string; name: string; text: string }> => {
    const form = new FormData()
    form.append('file', new Blob([content as BlobPart]), name)
    const answer = await server.call('POST', address, { token: server.people.agent.token, body: form })
    return { ...(answer.body as { type: string; url: string; name: string }), status: answer.status, text: answer.text }
  }
  it('is what its first bytes say, whatever it is called, and always a download', async () => {
    const polyglot = Buffer.concat([Buffer.from('GIF89a/*'), Buffer.from('*/=1;alert(1)//')])
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff0806000000', 'hex')
    for (const [content, name, type] of [
      ['<html><script>alert(1)</script>', 'invoice.pdf', /^text\/html$/],
      ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'logo.png', /svg/],
      [
        `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>`,
        'a.svg',
        /svg|xml/,
      ],
      [polyglot, 'a.js', /^image\/gif$/],
      [png, 'four-billion-pixels-square.png', /^image\/png$|octet-stream/],
      ['%PDF-1.7\n', 'a.html', /^application\/pdf$|text/],
      [`<?xml version="1.0"?>${'<!---->'.repeat(160)}`, 'busy.svg', /xml|text/],
    ] as const) {
      const kept = await attach(content, name)
      assert.equal(kept.status, 201, kept.text)
      assert.match(kept.type, type, name)
      const got = await fetch(server.url + kept.url)
      assert.equal(got.headers.get('content-type'), 'application/octet-stream')
      assert.match(got.headers.get('content-disposition') ?? '', /^attachment; /)
      assert.match(got.headers.get('content-security-policy') ?? '', /sandbox/)
      await got.arrayBuffer()
    }
  })
  it('that is sound or film says so to players, in the parts that they ask for, and is a download still', async () => {
    const wave = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0', 'latin1'), Buffer.alloc(24, 1)])
    const { url, type } = await attach(wave, 'page.html')
    assert.equal(type, 'audio/wav')
    const got = async (range: string): Promise<Response> => fetch(server.url + url, { headers: { range } })
    const part = await got('bytes=8-11')
    assert.deepEqual(
      [part.status, part.headers.get('content-range'), await part.text()],
      [206, 'bytes 8-11/44', 'WAVE'],
    )
    for (const [name, value] of [
      ['content-type', 'audio/wav'],
      ['content-length', '4'],
      ['accept-ranges', 'bytes'],
      ['content-disposition', "attachment; filename*=UTF-8''page.html"],
      ['content-security-policy', "sandbox; default-src 'none'"],
      ['x-content-type-options', 'nosniff'],
    ] as const)
      assert.equal(part.headers.get(name), value)
    for (const odd of ['bytes=44-', 'bytes=0-1,3-4', 'bytes=-0', 'lines=1-2', 'bytes=9-8']) {
      const whole = await got(odd)
      assert.deepEqual([whole.status, (await whole.arrayBuffer()).byteLength], [200, 44], odd)
    }
    const forged = await fetch(`${server.url}${url.replace(/key=\d+/, 'key=99999999')}`, { headers: { range: 'bytes=0-0' } }) // oxfmt-ignore
    assert.equal(forged.status, 404)
    // What only calls itself sound is text, and nothing to a player.
    const page = await attach('<html><script>alert(1)</script>', 'song.mp3')
    assert.match(page.type, /^text\/html/)
    assert.equal((await fetch(server.url + page.url)).headers.get('content-type'), 'application/octet-stream')
  })
  it('has a name that cannot end a header or begin another', async () => {
    for (const name of [
      'a"; filename="b.exe',
      'a\r\nSet-Cookie: x=1',
      "a';b=c",
      'a\u2028b',
      'é\u0085ü.txt',
      'a\u202egnp.exe',
      'a%0d%0aX: 1',
      '..;/..;/x',
      'CON',
      '.htaccess',
      `${'a'.repeat(300)}.txt`,
      '💥\ud800',
    ]) {
      const kept = await attach('x', name)
      assert.equal(kept.status, 201, kept.text)
      assert.doesNotMatch(kept.name, /[\u0000-\u001f/\\"]/)
      const got = await fetch(server.url + kept.url)
      assert.equal(got.status, 200, name)
      assert.equal(got.headers.get('set-cookie'), null)
      assert.match(got.headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''[\w.!~*'()%-]+$/, name)
      await got.text()
    }
  })
})
