// What is shown without the parser looks as the parser would have it: known texts, and thousands that chance writes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { newParser } from './markdown-parser.ts'
import { plainParagraphs } from './plain-paragraphs.ts'

const escaped = (line: string): string =>
  line.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const asHtml = (paragraphs: readonly (readonly string[])[]): string =>
  paragraphs.map((lines) => `<p>${lines.map(escaped).join('<br />\n')}</p>`).join('\n')
const trimmed = (html: string): string => html.replaceAll(/\r?\n$/g, '').replaceAll('\r\n', '\n')

describe('texts without signs of Markdown', () => {
  it('are told from those with them', () => {
    for (const plain of [
      'The mill stands.',
      'One.\nTwo: "three" (four)!\n\nFive; 6 % of 7.',
      "It's 3.5 kW, isn't it?",
      '',
    ])
      assert.notEqual(plainParagraphs(plain), null, plain)
    for (const marked of [
      '*so*',
      '- a list',
      '1. one',
      '# Head',
      'Head\n===',
      'Head\n---',
      'Head\n:-',
      'https://a.test',
      'www.a.test',
      'a@b.test',
      'a | b',
      '    code',
      '`x`',
      '&amp;',
      'hard  \nbreak',
      '\tcode',
      'x\ry',
      '~~no~~',
      '[P-1]',
      '![x]',
      '> said',
      '<b>',
      'a\\\nb',
      'a\u00a0b',
    ])
      // oxfmt-ignore
      assert.equal(plainParagraphs(marked), null, marked)
  })

  it('are the paragraphs and lines that the parser makes of them', async () => {
    const parse = await newParser()
    const bits = ['a', 'B', ' ', '\n', '\n\n', '\r\n', '1', '7', '.', ')', '(', '!', '?', ',', ';', ':', '-', '+', '=', '#', '"', "'", '/', 'www', '%', '$', '{', '}', '^', 'ä', '漢', '🙂', 'http', '\u200b', '\ufeff', '\u2028'] // oxfmt-ignore
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 24 }), (some) => {
        const text = some.join('')
        const paragraphs = plainParagraphs(text)
        if (paragraphs !== null) assert.equal(asHtml(paragraphs), trimmed(parse(text)), JSON.stringify(text))
      }),
      { numRuns: 4000 },
    )
  })
})
