import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { openTable } from './read.ts'
import type { ReadOptions } from './read.ts'
import { UnreadableFile } from './unreadable.ts'

const folder = mkdtempSync(join(tmpdir(), 'transfer-'))
after(() => rmSync(folder, { recursive: true }))

function file(content: string | Buffer, name = 'table.csv'): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function read(content: string | Buffer, options: ReadOptions & { name?: string } = {}) {
  const { found, rows } = await openTable(file(content, options.name), options)
  return { found, rows: await Array.fromAsync(rows()) }
}

const cellsOf = async (content: string | Buffer, options: ReadOptions & { name?: string } = {}) =>
  (await read(content, options)).rows.map((row) => Object.values(row.cells))
const refused = (content: string | Buffer, code: string, options: ReadOptions & { name?: string } = {}) =>
  assert.rejects(
    read(content, options),
    (fault) => fault instanceof UnreadableFile && fault.code === code && /[.!]$/.test(fault.message),
  )

describe('separated text', () => {
  for (const [separator, format] of [
    [',', 'csv'],
    [';', 'csv'],
    ['\t', 'tsv'],
    ['|', 'csv'],
  ] as const) {
    it(`finds the separator ${JSON.stringify(separator)}`, async () => {
      const { found, rows } = await read(
        ['a', 'b', 'c'].join(separator) +
          '\n' +
          ['1,5', 'x y', '2|3;'].map((cell) => `"${cell}"`).join(separator) +
          '\n',
      )
      assert.deepEqual(
        [found.separator, found.format, rows[0]?.cells],
        [separator, format, { a: '1,5', b: 'x y', c: '2|3;' }],
      )
    })
  }

  it('keeps line ends, doubled quotation marks and separators inside quotation marks', async () => {
    assert.deepEqual(await cellsOf('a,b\r\n"one\r\ntwo","say ""hi"", she said"\r\n3,4\r\n'), [
      ['one\r\ntwo', 'say "hi", she said'],
      ['3', '4'],
    ])
  })

  it('reads a quotation mark in the middle of a cell as text', async () => {
    assert.deepEqual(await cellsOf('a,b\n19" rack,x\n"19"" rack" left,y\n'), [
      ['19" rack', 'x'],
      ['19" rack left', 'y'],
    ])
  })

  it('counts rows as a spreadsheet does and leaves empty lines out', async () => {
    const { rows } = await read('a,b\n1,2\n\n"x\ny",4\n5,6')
    assert.deepEqual(
      rows.map(({ row }) => row),
      [2, 4, 5],
    )
  })

  it('reports ragged rows and an unclosed quotation mark, and goes on', async () => {
    const { rows } = await read('a,b\n1\n1,2,3\n1,2,\n"open,2\n3,4\n')
    assert.deepEqual(
      rows.map(({ cells }) => cells['a']),
      ['1', '1', '1', 'open,2\n3,4\n'],
    )
    assert.match(
      rows[0]?.problem ?? '',
      /^Row 2 is too short: 1 of 2 cells\. Which of them are missing cannot be told\.$/,
    )
    assert.match(rows[1]?.problem ?? '', /^Row 3 is too long: 3 cells for 2 columns\. Look for/)
    assert.equal(rows[2]?.problem, null)
    assert.match(rows[3]?.problem ?? '', /never closed/)
  })

  it('makes empty and repeated header names unique', async () => {
    const { found } = await read('Name,,Name,__proto__\n1,2,3,4\n')
    assert.deepEqual(
      found.columns.map(({ name }) => name),
      ['Name', 'Column 2', 'Name (2)', '__proto__ (2)'],
    )
    assert.deepEqual(
      found.columns.map(({ samples }) => samples),
      [['1'], ['2'], ['3'], ['4']],
    )
  })

  it('accepts gzip, a sep= line, old Macintosh line ends, and one column', async () => {
    assert.deepEqual(await cellsOf(gzipSync('a;b\n1;2\n')), [['1', '2']])
    assert.deepEqual(await cellsOf('sep=;\r\na;b\r\n1;2\r\n'), [['1', '2']])
    assert.deepEqual(await cellsOf('a,b\r1,2\r3,4'), [
      ['1', '2'],
      ['3', '4'],
    ])
    assert.deepEqual(await cellsOf('name\nAnn\nBob\n'), [['Ann'], ['Bob']])
  })

  it('gives the same rows wherever a chunk ends', async () => {
    const lines = Array.from({ length: 9000 }, (_, at) => `${at},"näme ${at}\n""q""",${'x'.repeat(at % 37)}`)
    const rows = await cellsOf(`id,name,text\n${lines.join('\r\n')}\r\n`)
    assert.equal(rows.length, 9000)
    assert.ok(
      rows.every((row, at) => row[0] === String(at) && row[1] === `näme ${at}\n"q"` && row[2] === 'x'.repeat(at % 37)),
    )
  })

  it('of a huge quoted cell costs its length, not its square', async () => {
    const start = performance.now()
    const [row] = await cellsOf(`a,b\n"${'""'.repeat(2_000_000)}",2\n`)
    assert.equal(row?.[0]?.length, 2_000_000)
    assert.ok(performance.now() - start < 60_000, 'it hangs')
  })

  it('may be read twice, also at once', async () => {
    const { rows } = await openTable(file('a\n1\n2\n', 'twice.csv'))
    const both = await Promise.all([Array.fromAsync(rows()), Array.fromAsync(rows())])
    assert.deepEqual(both[0], both[1])
  })
})

describe('encodings', () => {
  const german = 'Name;Ort\nJürgen Größe;Köln am Rhein\nBärbel Süß;München\nMüller Straße;Düsseldorf\n'
  const japanese = `名前;場所\n${'山田太郎は東京の会社で働いています;東京都千代田区\n'.repeat(8)}`
  const polish = `Nazwa;Opis\n${'Łukasz Wiśniewski;Nie działa drukarka w pokoju, proszę o szybką pomoc\n'.repeat(6)}`
  const russian = `Имя;Место\n${'Иван Петров;Не работает принтер в кабинете на третьем этаже\n'.repeat(6)}`
  const cases: [string, string, string, RegExp, boolean?][] = [
    ['UTF-8', german, 'utf8', /^UTF-8$/],
    ['UTF-8 with a mark', german, 'utf8', /^UTF-8$/, true],
    ['UTF-16LE with a mark', german, 'utf-16le', /^UTF-16LE$/, true],
    ['UTF-16BE with a mark', german, 'utf-16be', /^UTF-16BE$/, true],
    ['UTF-16LE without a mark', german, 'utf-16le', /^UTF-16LE$/],
    ['UTF-16BE without a mark', german, 'utf-16be', /^UTF-16BE$/],
    ['windows-1252', german, 'windows-1252', /1252/],
    ['Shift_JIS', japanese, 'shift_jis', /^Shift_JIS$/],
    ['EUC-JP', japanese, 'euc-jp', /^EUC-JP$/],
    ['ISO-8859-2', polish, 'iso-8859-2', /8859-2|1250/],
    ['windows-1251', russian, 'windows-1251', /1251/],
    ['GB18030', `名字;地方\n${'张伟在北京的公司工作;打印机不能用了\n'.repeat(8)}`, 'gb18030', /GB18030/i],
  ]
  for (const [name, text, encoding, expected, addBOM] of cases) {
    it(`finds ${name}`, async () => {
      const { found, rows } = await read(iconv.encode(text, encoding, { addBOM }))
      assert.match(found.encoding, expected)
      assert.deepEqual(
        rows.map(({ cells }) => Object.values(cells).join(';')),
        text.trim().split('\n').slice(1),
      )
    })
  }

  it('judges by the places that are not ASCII, however late they come', async () => {
    const text = `Name;Ort\n${'plain;text\n'.repeat(30_000)}Jürgen Größe;Köln am Rhein, Düsseldorf und München\n`
    const { found, rows } = await read(iconv.encode(text, 'windows-1252'))
    assert.match(found.encoding, /1252/)
    assert.equal(rows.at(-1)?.cells['Name'], 'Jürgen Größe')
  })

  it('keeps UTF-8 when one character of it is damaged', async () => {
    const { found, rows } = await read(
      Buffer.concat([Buffer.from(german.repeat(5)), Buffer.from([0xe4]), Buffer.from(';x\n')]),
    )
    assert.equal(found.encoding, 'UTF-8')
    assert.equal(rows[0]?.cells['Name'], 'Jürgen Größe')
  })

  const western = (text: string) => iconv.encode(text, 'windows-1252')
  const mixtures: [string, Buffer[], string[], { lines: number; firstLine: number }][] = [
    ['mostly UTF-8', [Buffer.from(german.repeat(6)), western('Jörg „Kai“ Groß – 5 €;Köln\n')], ['Jörg „Kai“ Groß – 5 €'], { lines: 1, firstLine: 25 }], // oxfmt-ignore
    ['mostly windows-1252', [western(german.repeat(6)), Buffer.from('Jörg „Kai“ Groß – 5 €;Köln\n')], ['Jörg „Kai“ Groß – 5 €'], { lines: 18, firstLine: 2 }], // oxfmt-ignore
    ['as much of both, line by line', [Buffer.from('Name;Ort\n'), western('Süß;Köln\n'), Buffer.from('Groß;Fürth\n')], ['Süß', 'Groß'], { lines: 1, firstLine: 2 }], // oxfmt-ignore
    ['both in one line', [Buffer.from('Name;Ort\nä;ö\nGroß'), western('Süß\n')], ['ä', 'GroßSüß'], { lines: 1, firstLine: 3 }], // oxfmt-ignore
    ['a last character that is cut', [Buffer.from(german.repeat(6)), Buffer.from('Gr\u00fc').subarray(0, 3)], ['GrÃ'], { lines: 1, firstLine: 25 }], // oxfmt-ignore
  ]
  for (const [what, parts, names, mixed] of mixtures) {
    it(`reads ${what} as what each is, and tells where`, async () => {
      const { found, rows } = await read(Buffer.concat(parts))
      assert.deepEqual([found.encoding, found.mixed], ['UTF-8', mixed])
      assert.deepEqual(rows.map((row) => row.cells['Name']).slice(-names.length), names)
      assert.equal(JSON.stringify(rows).includes('\ufffd'), false)
    })
  }

  it('says of no text that it mixes what it does not', async () => {
    for (const [, text, encoding, , addBOM] of cases) {
      const { found } = await read(iconv.encode(text, encoding, { addBOM }))
      assert.equal(found.mixed, undefined, encoding)
    }
    // An É before a no-break space is also two bytes of UTF-8, of a letter that no Western text has.
    const french = 'Lieu;État\nMARCHÉ\u00a0:\u00a0été;à Noël\n'.repeat(4)
    const { found, rows } = await read(western(french))
    assert.deepEqual([found.mixed, rows[0]?.cells['Lieu']], [undefined, 'MARCHÉ\u00a0:\u00a0été'])
  })

  it('reads a mixture the same wherever a chunk ends, and as what was said when it was said', async () => {
    const lines = Array.from({ length: 9000 }, (_, at) => (at % 2 === 0 ? western : Buffer.from)(`${at};“näme” – €\n`))
    const bytes = Buffer.concat([Buffer.from('Id;Name\n'), ...lines])
    const { found, rows } = await read(bytes)
    assert.deepEqual(found.mixed, { lines: 4500, firstLine: 2 })
    assert.deepEqual([...new Set(rows.map((row) => row.cells['Name']))], ['“näme” – €'])
    const said = await read(bytes, { encoding: 'windows-1252' })
    assert.deepEqual([said.found.mixed, said.rows[1]?.cells['Name']?.includes('Ã¤')], [undefined, true])
    assert.deepEqual((await read(bytes, { encoding: 'UTF-8' })).found.mixed, found.mixed)
  })

  it('obeys a named encoding and refuses an unknown one', async () => {
    assert.deepEqual(await cellsOf(Buffer.from('a,b\n\xe9,2\n', 'latin1'), { encoding: 'cp437' }), [['Θ', '2']])
    await refused('a\n1\n', 'encoding', { encoding: 'klingon' })
  })
})

describe('JSON lines', () => {
  it('turns nested values into JSON text and reports a bad line with its number', async () => {
    const { found, rows } = await read('{"a":1,"b":{"c":[1]},"d":null,"e":true}\n\nnot json\n[1]\n{"a":"x"}\n', {
      name: 'x.jsonl',
    })
    assert.equal(found.format, 'jsonl')
    assert.deepEqual(
      rows.map(({ row }) => row),
      [1, 3, 4, 5],
    )
    assert.deepEqual(rows[0]?.cells, { a: '1', b: '{"c":[1]}', d: '', e: 'true' })
    assert.match(rows[1]?.problem ?? '', /Line 3 is not JSON/)
    assert.match(rows[2]?.problem ?? '', /Line 4 is not an object/)
    assert.deepEqual(rows[3]?.cells, { a: 'x', b: '', d: '', e: '' })
  })
})

describe('a file that is no table', () => {
  it('is refused by what it is', async () => {
    await refused('', 'empty')
    await refused(' \n \n', 'empty')
    await refused(gzipSync(''), 'empty')
    await refused('a,b\n', 'only-header')
    await refused('a,b\n1,\0\n3,4\n'.padEnd(400, 'x'), 'nul')
    await refused(Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + (at >> 3)) % 256)), 'binary')
    await refused('%PDF-1.7\nfoo', 'binary')
    await refused(
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'password',
    )
    await refused(
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le')]),
      'old-excel',
    )
    await refused('[\n {"a": 1}]', 'json-array')
    await refused(gzipSync('a,b\n1,2\n').subarray(0, 20), 'damaged')
    await assert.rejects(openTable(join(folder, 'nowhere.csv')), UnreadableFile)
    await assert.rejects(openTable(folder), UnreadableFile)
  })

  it('is refused when it is too large, unpacks to too much, or has an endless record', async () => {
    await refused('a\n1\n', 'too-large', { limits: { rawBytes: 3 } })
    await refused(gzipSync(`a\n${'1\n'.repeat(5000)}`), 'too-large', { limits: { inflatedBytes: 8000 } })
    await refused(gzipSync(`a\n${'0'.repeat(40 * 1024 ** 2)}`), 'bomb')
    await refused(`a\n"${'x'.repeat(300_000)}`, 'record-too-long', { limits: { recordChars: 100_000 } })
    await refused(`${'a,'.repeat(40)}\n1\n`, 'too-many-columns', { limits: { columns: 20 } })
  })
})
