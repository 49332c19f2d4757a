// What is printed of a page: tables that fit, charts that name what they draw.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page, PageBlock } from './page.ts'
import { printable } from './printer.ts'

const list = { record: 'incident', filter: '' }
function printed(block: PageBlock) {
  const page: Page = {
    title: 'Month',
    description: null,
    organisation: 'Harbour Works',
    from: '2026-10-01',
    to: '2026-10-31',
    beforeFrom: '2026-09-01',
    beforeTo: '2026-09-30',
    zone: 'UTC',
    madeAt: '2026-11-22T10:00:00.000Z',
    madeBy: 'Ines',
    blocks: [block],
  }
  return printable(page, { zone: 'UTC', address: 'https://pilot.test', seal: '' }).blocks[0]
}
function groups(names: string[], kind: 'title' | 'day'): PageBlock {
  return {
    kind: 'groups',
    id: 'g',
    title: 'By it',
    as: 'bars',
    by: 'Service',
    names: names.map((text) => ({ text, kind })),
    series: [{ name: { text: '', kind: 'none' }, values: names.map(() => 3), filters: names.map(() => null) }],
    total: 3 * names.length,
    list,
  }
}
function table(columns: number): PageBlock {
  const names = Array.from({ length: columns }, (_, at) => `c${at}`)
  return {
    kind: 'table',
    id: 't',
    title: 'Table',
    columns: names.map((name) => ({ name, label: name, kind: 'text', unit: null, options: [] })),
    rows: [{ number: 'INC-1', cells: names.map(() => 'Bremerhaven') }],
    total: 1,
    list,
  }
}
const namesIn = (svg: string): string[] => [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, name = '']) => name)

describe('a table on paper', () => {
  it('is as wide as it is, shares the page, or stands on its side, by what it holds', () => {
    const shapes = [3, 12].map((columns) => printed(table(columns)))
    assert.deepEqual(
      shapes.map((one) => one?.kind === 'table' && [one.isWide ?? false, one.fit?.shares?.length ?? null]),
      [
        [false, null],
        [true, null],
      ],
    )
    const widest = printed(table(16))
    assert.ok(widest?.kind === 'table' && widest.isWide && (widest.fit?.scale ?? 1) < 1)
  })
})
describe('a chart on paper', () => {
  it('names every group, and of days as many as have room', () => {
    const services = Array.from({ length: 12 }, (_, at) => `Service ${at}`)
    const days = Array.from({ length: 31 }, (_, at) => `2026-10-${String(at + 1).padStart(2, '0')}`)
    const chart = printed(groups(services, 'title'))
    assert.ok(chart?.kind === 'chart')
    for (const name of services) assert.ok(namesIn(chart.svg).includes(name), name)
    const byDay = printed(groups(days, 'day'))
    assert.ok(byDay?.kind === 'chart')
    const named = namesIn(byDay.svg).filter((name) => name.endsWith(' Oct 2026'))
    assert.ok(named.length > 4 && named.length < 12, named.join())
    // No name reaches beyond the drawing: half of one is 33 wide.
    const lastAt = Math.max(...[...byDay.svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle"/g)].map(([, x]) => Number(x))) // oxfmt-ignore
    assert.ok(lastAt + 33 <= 680, String(lastAt))
  })
  it('calls its one series the number', () => {
    const chart = printed(groups(['ERP', 'Wi-Fi'], 'title'))
    assert.ok(chart?.kind === 'chart')
    assert.deepEqual(
      chart.table?.columns.map(({ label }) => label),
      ['Service', 'Count'],
    )
  })
})
