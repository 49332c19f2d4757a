// A report on paper: a tagged PDF with everything that the page says, and whatever is typed into a report stays text.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inflateSync } from 'node:zlib'
import { openPdfPrinter } from '#platform/pdf/print.ts'
import type { PrintedPage } from '#reports'
import { hasPoppler, pdfPrinterMissing, tellOfPdf } from '../setup/poppler.ts'
import { unlessMissing } from '../setup/peers.ts'

const printer = openPdfPrinter()
const skip = unlessMissing(pdfPrinterMissing())
const HOSTILE = [
  '#panic("ran")',
  '#read("/etc/passwd")',
  '#import "@preview/x:1.0.0"',
  ']; #sys.inputs',
  '*bold* _it_ `raw` $x^2$ <label> @ref // c',
  '\\u{41} \\ \\n',
  '= Heading',
  '#{ while true {} }',
  '"quotes" \'and\' so on',
  '</svg><script>alert(1)</script>&amp;&lt;',
  'Zürich, Straße, Çağla, naïve, Łódź, Größe',
  '\u202egnp.exe',
]
const span = (text: string) => ({ text, isStrong: false, isEmphasis: false, isCode: false, link: '' })
function page(more: Partial<PrintedPage> = {}): PrintedPage {
  return {
    language: 'de',
    title: 'Monat des Service-Desk',
    description: '',
    organisation: 'Harbour Works',
    period: '1. Okt. 2026 – 31. Okt. 2026',
    made: 'Erstellt 1. Nov. 2026',
    madeAt: '2026-11-01T08:00:00.000Z',
    address: 'https://pilot.harbour.test/reports/reportissues/RI-1',
    seal: 'Prüfpunkt des Journals 1042-3f2ac41b0d7e6f52',
    pages: 'Seite {0} von {1}',
    blocks: [],
    ...more,
  }
}
function everywhere(text: string): PrintedPage {
  const parts = (['paragraph', 'heading', 'bullet', 'number', 'quote', 'code'] as const).map((kind) => ({
    kind,
    level: 1,
    spans: [span(text)],
  }))
  const table = { columns: [{ label: text, isNumber: false }], rows: [[text]], note: text }
  return page({
    title: text,
    description: text,
    organisation: text,
    period: text,
    made: text,
    address: text,
    blocks: [
      { kind: 'heading', text, level: 1 },
      { kind: 'text', parts },
      { kind: 'figures', title: text, items: [{ label: text, value: text, change: text, tone: 'bad', comment: text }] },
      { kind: 'table', title: text, ...table },
      {
        kind: 'chart',
        title: text,
        svg: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
        alt: text,
        table,
      },
      { kind: 'withheld', text },
    ],
  })
}
/** Every stream of the PDF that is compressed, opened: objects may stand in one. */
function opened(pdf: Uint8Array): string {
  const raw = Buffer.from(pdf).toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].flatMap(([, bytes = '']) => {
    try {
      return [inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1')]
    } catch {
      return [] // not deflated: a picture or a font
    }
  })
  return [raw, ...streams].join('\n')
}
describe('a report as PDF', { skip }, () => {
  it('is tagged, says its language and title, and holds every word', async (t) => {
    const pdf = await printer.print(
      page({
        blocks: [
          {
            kind: 'figures',
            title: 'In Zahlen',
            items: [
              {
                label: 'Eröffnet',
                value: '1.234',
                change: '+12,5 %',
                tone: 'bad',
                comment: 'Größerer Standort in Łódź.',
              },
            ],
          },
          {
            kind: 'table',
            title: 'Störungen',
            columns: [
              { label: 'Betreff', isNumber: false },
              { label: 'Dauer', isNumber: true },
            ],
            rows: [
              ['Drucker für Çağla', '7'],
              ['WLAN in Zürich', '12'],
            ],
            note: '2 von 2',
          },
        ],
      }),
    )
    const text = opened(pdf)
    for (const mark of ['/StructTreeRoot', '/MarkInfo', '/Lang']) assert.ok(text.includes(mark), `${mark} is missing`)
    assert.match(text, /\/S\s*\/Table\b/)
    assert.match(text, /\/S\s*\/TH\b/)
    if (!(await hasPoppler())) return t.skip('its words were not read: poppler-utils is not installed')
    assert.match(tellOfPdf('pdfinfo', pdf), /Tagged:\s+yes/)
    const words = tellOfPdf('pdftotext', pdf, ['-layout'])
    for (const word of [
      'Monat des Service-Desk',
      'Eröffnet',
      '1.234',
      '+12,5 %',
      'Größerer Standort in Łódź.',
      'Drucker für Çağla',
      'WLAN in Zürich',
      'Seite 1 von 1',
      'RI-1',
      'Prüfpunkt des Journals 1042-3f2ac41b0d7e6f52',
    ])
      assert.ok(words.includes(word), `${word} in ${words}`)
  })
  it('keeps whatever is typed as text, in every place', async (t) => {
    const isRead = await hasPoppler()
    for (const text of HOSTILE) {
      const pdf = await printer.print(everywhere(text))
      assert.ok(pdf.length > 1000, text)
      if (isRead && text.startsWith('#'))
        assert.ok(tellOfPdf('pdftotext', pdf).replaceAll(/\s/g, '').includes(text.replaceAll(/\s/g, '')), text)
    }
    if (!isRead) t.skip('the words were not read: poppler-utils is not installed')
  })
  it('with 400 rows and a chart takes a moment, and the server goes on meanwhile', async () => {
    const rows = Array.from({ length: 400 }, (_, at) => [
      `INC-${at}`,
      `Störung Nummer ${at} in Größe und Länge`,
      'P2',
      'Zürich',
      String(at),
    ])
    let beats = 0
    const timer = setInterval(() => beats++, 20)
    const began = performance.now()
    const columns = ['Nummer', 'Betreff', 'Priorität', 'Ort', 'Minuten'].map((label, at) => ({
      label,
      isNumber: at === 4,
    }))
    const pdf = await printer.print(
      page({ blocks: [{ kind: 'table', title: 'Alle', columns, rows, note: '400 von 400' }] }),
    )
    clearInterval(timer)
    console.log(`a PDF of 400 rows: ${Math.round(performance.now() - began)} ms, ${Math.round(pdf.length / 1000)} kB`)
    assert.ok(beats > 2, 'the event loop stood still')
  })
  it('is refused when it takes too long, too much memory, or is too large', async () => {
    const rows = Array.from({ length: 4000 }, () => ['a', 'b'])
    const long = page({ blocks: [{ kind: 'table', title: '', columns: [{ label: 'A', isNumber: false }, { label: 'B', isNumber: false }], rows, note: '' }] }) // oxfmt-ignore
    await assert.rejects(openPdfPrinter({ mostMs: 1, mostMemoryBytes: 1e9 }).print(long), /takes too long/)
    await assert.rejects(openPdfPrinter({ mostMs: 60_000, mostMemoryBytes: 1 }).print(long), /too much memory/)
    await assert.rejects(printer.print(page({ title: 'x'.repeat(9_000_000) })), /too long for a PDF/)
  })
})
