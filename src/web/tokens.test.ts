// The design tokens hold their contrasts, and the state colours stay apart for people who see colours differently.
// Colour differences: CIEDE2000 (Sharma, Wu, Dalal 2005); vision: Machado, Oliveira, Fernandes 2009, severity 1.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { unusedColours } from './colours.ts'

type Rgb = readonly [number, number, number]
const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8')
const light = tokensIn(/:root \{([^}]*)\}/)
const themes = { light, dark: { ...light, ...tokensIn(/color-scheme='dark'\] \{([^}]*)\}/) } }
const states = ['good', 'warn', 'bad', 'info', 'hold', 'none'] as const
const surfaces = ['bg', 'surface', 'sunken', 'hover', 'selected'] as const

function tokensIn(block: RegExp): Record<string, string> {
  const text = block.exec(css)?.[1] ?? ''
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  )
}
function rgb(hex: string): Rgb {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16) / 255
  return [at(1), at(3), at(5)]
}
const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(rgb(one)), luminance(rgb(other))].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const visions: Record<string, readonly Rgb[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
/** What somebody with this vision sees, in linear light. */
function seen(hex: string, vision: readonly Rgb[]): Rgb {
  const [r, g, b] = rgb(hex).map(linear)
  const [x = 0, y = 0, z = 0] = vision.map((row) =>
    Math.min(1, Math.max(0, row[0] * (r ?? 0) + row[1] * (g ?? 0) + row[2] * (b ?? 0))),
  )
  return [x, y, z]
}
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180
function hue(a: number, b: number): number {
  return a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360
}
function deltaE2000([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb): number {
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const stretch = 1 + 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)))
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)]
  const [h1, h2] = [hue(a1 * stretch, b1), hue(a2 * stretch, b2)]
  const both = c1 * c2 === 0
  const turn = both ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1
  const middle = both
    ? h1 + h2
    : Math.abs(h1 - h2) <= 180
      ? (h1 + h2) / 2
      : h1 + h2 < 360
        ? (h1 + h2 + 360) / 2
        : (h1 + h2 - 360) / 2
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const t =
    1 -
    0.17 * Math.cos(radians(middle - 30)) +
    0.24 * Math.cos(radians(2 * middle)) +
    0.32 * Math.cos(radians(3 * middle + 6)) -
    0.2 * Math.cos(radians(4 * middle - 63))
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t]
  const rotate =
    -Math.sin(radians(60 * Math.exp(-(((middle - 275) / 25) ** 2)))) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2))
  const [x, y, z] = [(l2 - l1) / sl, (c2 - c1) / sc, dh / sh]
  return Math.sqrt(x * x + y * y + z * z + rotate * y * z)
}

it('every style file says the order of layers first: whichever is loaded first decides it', () => {
  for (const file of globSync('**/*.css', { cwd: import.meta.dirname }))
    assert.match(
      readFileSync(path.join(import.meta.dirname, file), 'utf8').replace(/^(\/\*[^]*?\*\/\s*)*/, ''),
      /^@layer mantine, app;/,
      file,
    )
})

it('no screen uses a colour of Mantine whose variables are left out', () => {
  const use = new RegExp(`(\\bcolor(=|: )['"]|--mantine-color-)(${unusedColours.join('|')})\\b`)
  for (const file of globSync('**/*.{css,ts,tsx}', { cwd: import.meta.dirname }))
    assert.doesNotMatch(readFileSync(path.join(import.meta.dirname, file), 'utf8'), use, file)
})

describe('the measure itself', () => {
  // Sharma, Wu, Dalal 2005, table 1: pairs 1, 7, 17, 25 and 33.
  const known: readonly (readonly [Rgb, Rgb, number])[] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377],
  ]
  for (const [one, other, wanted] of known)
    it(`${one.join(' ')} and ${other.join(' ')} are ${wanted} apart`, () =>
      assert.ok(Math.abs(deltaE2000(one, other) - wanted) < 0.0001, `${deltaE2000(one, other)}`))
  it('black on white is 21:1', () => assert.equal(Math.round(contrast('#000000', '#ffffff')), 21))
})

for (const [theme, tokens] of Object.entries(themes)) {
  const token = (name: string): string => {
    const value = tokens[name]
    assert.ok(value, `tokens.css has no --${name}`)
    return value
  }
  describe(`${theme} tokens`, () => {
    it('text is at least 4.5:1 on every surface', () => {
      for (const text of ['text', 'text-2', 'text-3', 'link', ...states])
        for (const surface of surfaces) {
          const ratio = contrast(token(text), token(surface))
          assert.ok(ratio >= 4.5, `--${text} on --${surface} is ${ratio.toFixed(2)}:1`)
        }
    })
    it('the words on a button are at least 4.5:1', () => {
      for (const ground of ['action', 'action-hover'])
        assert.ok(contrast(token('on-action'), token(ground)) >= 4.5, ground)
    })
    it('borders of controls and fills of states are at least 3:1', () => {
      for (const name of ['control-line', ...states.map((state) => `${state}-fill`)]) {
        const ratio = contrast(token(name), token('surface'))
        assert.ok(ratio >= 3, `--${name} on --surface is ${ratio.toFixed(2)}:1`)
      }
    })
    for (const [name, vision] of Object.entries(visions))
      it(`fills of states are at least ΔE2000 16.5 apart in ${name} vision`, () => {
        const colours = states.map((state) => [state, lab(seen(token(`${state}-fill`), vision))] as const)
        for (const [at, [one, first]] of colours.entries())
          for (const [other, second] of colours.slice(at + 1)) {
            const apart = deltaE2000(first, second)
            assert.ok(apart >= 16.5, `${one} and ${other} are ${apart.toFixed(1)} apart`)
          }
      })
  })
}
