/** Charts as SVG for paper: columns by group or over time, and lines. Every series has its colour, its dash and its name beside it. */

export interface ChartSeries {
  readonly name: string
  readonly values: readonly number[]
}
export interface Chart {
  readonly as: 'bars' | 'lines'
  readonly names: readonly string[]
  readonly series: readonly ChartSeries[]
  /** Days, weeks, months …: some may be left out, the others say which. */
  readonly isDated: boolean
  /** A number as the reader writes it. */
  readonly say: (value: number) => string
}
/** info, warn, hold, good, none, bad: the fills of src/web/tokens.css on white. */
const COLOURS = ['#2f93e0', '#c08600', '#6d3fa3', '#17705f', '#87919b', '#9c2413']
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 3', '12 4']
const SIZE = { width: 680, height: 250, left: 48, right: 110, top: 14, bottom: 30, name: 66 }
/** Beside the drawing of one series stands no legend, only its last number. */
const RIGHT_OF_ONE = 36
/** Slanted names need more room below. */
const SLANT = { degrees: 30, height: 40 }
const TEXT = 'font-family="Libertinus Serif" font-size="11" fill="#465462"'

export function chartSvg(chart: Chart): string {
  const most = Math.max(1, ...chart.series.flatMap((one) => one.values))
  const steps = roundSteps(most)
  const top = steps.at(-1) ?? most
  const right = chart.series.length > 1 ? SIZE.right : RIGHT_OF_ONE
  const wide = SIZE.width - SIZE.left - right
  const step = wide / Math.max(1, chart.names.length)
  const every = Math.ceil(SIZE.name / step)
  const isSlanted = every > 1 && !chart.isDated
  const height = SIZE.height + (isSlanted ? SLANT.height : 0)
  const inner = SIZE.height - SIZE.top - SIZE.bottom
  const y = (value: number): number => SIZE.top + inner - (value / top) * inner
  const x = (at: number): number => SIZE.left + step * (at + 0.5)
  const lines = steps.map(
    (one) =>
      `<line x1="${SIZE.left}" x2="${SIZE.width - right}" y1="${fixed(y(one))}" y2="${fixed(y(one))}" stroke="#d9dee3"/>${text(SIZE.left - 6, y(one) + 4, chart.say(one), 'end')}`,
  )
  const names = chart.names.map((name, at) => {
    if (isSlanted) return slanted(x(at) + 4, y(0) + 16, cut(name))
    return at % every === 0 ? text(x(at), SIZE.height - 10, cut(name), 'middle') : ''
  })
  const drawn = chart.as === 'bars' ? bars(chart, { step, x, y }) : polylines(chart, { step, x, y })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${height}" viewBox="0 0 ${SIZE.width} ${height}">${lines.join('')}${names.join('')}${drawn}</svg>`
}
interface Scale {
  readonly step: number
  readonly x: (at: number) => number
  readonly y: (value: number) => number
}
function bars({ series, names, say }: Chart, { step, x, y }: Scale): string {
  const bar = Math.max(1, Math.min(28, (step * 0.76) / Math.max(1, series.length)))
  const isTold = series.length === 1 && step > 26
  const drawn = series.flatMap((one, nth) =>
    names.map((_, at) => {
      const value = one.values[at] ?? 0
      const left = x(at) + (nth - series.length / 2) * bar
      const rect = `<rect x="${fixed(left)}" y="${fixed(y(value))}" width="${fixed(Math.max(1, bar - 1))}" height="${fixed(y(0) - y(value))}" fill="${COLOURS[nth % COLOURS.length]}"/>`
      return value === 0 ? '' : `${rect}${isTold ? text(x(at), y(value) - 4, say(value), 'middle') : ''}`
    }),
  )
  return drawn.join('') + legend(series)
}
function polylines({ series, say }: Chart, { x, y }: Scale): string {
  const drawn = series.map((one, nth) => {
    const points = one.values.map((value, at) => `${fixed(x(at))},${fixed(y(value))}`).join(' ')
    const dash = DASHES[nth % DASHES.length] ?? ''
    const last = one.values.at(-1)
    const colour = COLOURS[nth % COLOURS.length]
    const end = last === undefined ? '' : `<circle cx="${fixed(x(one.values.length - 1))}" cy="${fixed(y(last))}" r="3" fill="${colour}"/>${series.length === 1 ? text(x(one.values.length - 1) + 8, y(last) + 4, say(last), 'start') : ''}` // oxfmt-ignore
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>${end}`
  })
  return drawn.join('') + legend(series)
}
/** Names beside the drawing, each with its line: told by dash as well as by colour. */
function legend(series: readonly ChartSeries[]): string {
  if (series.length < 2) return ''
  return series
    .map((one, nth) => {
      const at = SIZE.top + 10 + nth * 20
      const left = SIZE.width - SIZE.right + 10
      const dash = DASHES[nth % DASHES.length] ?? ''
      return `<line x1="${left}" x2="${left + 20}" y1="${at}" y2="${at}" stroke="${COLOURS[nth % COLOURS.length]}" stroke-width="4"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>${text(left + 25, at + 4, cut(one.name), 'start')}`
    })
    .join('')
}
/** Whole numbers from 0 to at least the largest, about four of them. */
function roundSteps(most: number): number[] {
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)))
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? 10 * power
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step)
}
function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" ${TEXT}>${escaped(words)}</text>`
}
function slanted(x: number, y: number, words: string): string {
  return `<g transform="rotate(-${SLANT.degrees} ${fixed(x)} ${fixed(y)})">${text(x, y, words, 'end')}</g>`
}
function cut(words: string): string {
  const all = Array.from(words)
  return all.length <= 14 ? words : `${all.slice(0, 13).join('')}…`
}
function fixed(value: number): string {
  return value.toFixed(1)
}
/** XML text without what XML cannot hold. */
function escaped(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
