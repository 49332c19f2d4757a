// Codes that another program has drawn, as a camera sees them: turned, small, out of focus, grainy and badly lit.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import bwip from 'bwip-js/node'
import { decode, type GreyPicture } from './decode.ts'

interface Drawn {
  pixs?: number[]
  pixx?: number
  pixy?: number
  sbs?: number[]
}
const codes = [
  ['qrcode', 'https://pilot.harbour.test/desk/incidents/INC-1042', 1],
  ['datamatrix', 'AST-000417', 1],
  ['pdf417', 'Harbour Works / AST-000417', 3],
  ['code128', 'AST-000417', 40],
  ['code39', 'AST-000417', 40],
  ['ean13', '4006381333931', 40],
  ['ean8', '96385074', 40],
] as const

/** Black on white with a margin, each module `dot` points wide, and so many of them high in a line. */
function draw(kind: string, text: string, lineHeight: number, dot: number): GreyPicture {
  // The library's own type says no more of what it draws.
  const [drawn] = bwip.raw({ bcid: kind, text }) as unknown as Drawn[]
  assert.ok(drawn)
  const line = drawn.sbs?.flatMap((wide, at) => Array<number>(wide).fill(at % 2 === 0 ? 1 : 0))
  const pixels = line ?? drawn.pixs ?? []
  const across = line?.length ?? drawn.pixx ?? 0
  const down = line ? 1 : (drawn.pixy ?? 0)
  const border = 10 * dot
  const [width, height] = [across * dot + 2 * border, down * lineHeight * dot + 2 * border]
  const light = new Uint8ClampedArray(width * height).fill(235)
  for (let y = border; y < height - border; y++)
    for (let x = border; x < width - border; x++) {
      const row = Math.floor((y - border) / dot / lineHeight)
      if (pixels[row * across + Math.floor((x - border) / dot)] === 1) light[y * width + x] = 25
    }
  return { light, width, height }
}
/** Seen by a camera that is held askew: `degrees` clockwise on a grey table, with points in between as a lens gives them. */
function held({ light, width, height }: GreyPicture, degrees: number): GreyPicture {
  const turn = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const size = Math.ceil(Math.hypot(width, height)) + 20
  const to = new Uint8ClampedArray(size * size).fill(150)
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 150 : (light[y * width + x] ?? 150)) // oxfmt-ignore
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [dx, dy] = [x - size / 2, y - size / 2]
      const [fx, fy] = [dx * cos + dy * sin + width / 2, dy * cos - dx * sin + height / 2]
      const [ix, iy] = [Math.floor(fx), Math.floor(fy)]
      const [rx, ry] = [fx - ix, fy - iy]
      to[y * size + x] = (at(ix, iy) * (1 - rx) + at(ix + 1, iy) * rx) * (1 - ry) + (at(ix, iy + 1) * (1 - rx) + at(ix + 1, iy + 1) * rx) * ry // oxfmt-ignore
    }
  return { light: to, width: size, height: size }
}
/** Each point is the mean of those around it. */
function blurred({ light, width, height }: GreyPicture): GreyPicture {
  const to = light.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return light[at] ?? 0
    let sum = 0
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += light[at + dy * width + dx] ?? 0
    return sum / 9
  })
  return { light: to, width, height }
}
/** Grain, and light that falls off to one side; always the same. */
function grainy({ light, width, height }: GreyPicture): GreyPicture {
  const next = chance(7)
  return { light: light.map((value, at) => value * (1 - (0.35 * (at % width)) / width) + (next() - 0.5) * 36), width, height } // oxfmt-ignore
}
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state / 2 ** 32
  }
}

describe('a code that is read', () => {
  for (const [kind, text, lineHeight] of codes) {
    const of = (dot: number): GreyPicture => draw(kind, text, lineHeight, dot)
    const seen: Record<string, () => GreyPicture> = {
      'straight': () => of(4),
      'small': () => of(2),
      'by a quarter turned': () => held(of(4), 90),
      'upside down': () => held(of(4), 180),
      'held askew': () => held(of(4), 8),
      'out of focus': () => blurred(of(4)),
      'grainy and half in shadow': () => grainy(of(4)),
      'all of it': () => grainy(blurred(held(of(5), 174))),
    } // oxfmt-ignore
    // Its reader looks for rows that are all but level; whoever holds a card askew turns it.
    if (kind === 'pdf417') delete seen['held askew']
    for (const [how, picture] of Object.entries(seen))
      it(`says what ${kind} says: ${how}`, () => assert.equal(decode(picture()), text))
  }
})

describe('a picture without a code', () => {
  const size = 200
  const of = (light: (x: number, y: number) => number): GreyPicture => ({ light: Uint8ClampedArray.from({ length: size * size }, (_, at) => light(at % size, Math.floor(at / size))), width: size, height: size }) // oxfmt-ignore
  for (const [what, picture] of Object.entries({
    white: () => of(() => 255),
    'a fence': () => of((x) => (x % 12 < 6 ? 20 : 230)),
    tiles: () => of((x, y) => (((x >> 4) + (y >> 4)) % 2) * 255),
    'a shadow': () => of((x) => x / 2),
    'half of a code': () => {
      const { light, width, height } = draw('code128', 'AST-000417', 40, 4)
      return { light: light.map((value, at) => (at % width > width / 2 ? 235 : value)), width, height }
    },
  }))
    // oxfmt-ignore
    it(`says nothing: ${what}`, () => assert.equal(decode(picture()), null))
  it('says nothing: noise, and stripes as chance has them, twenty times', () => {
    const next = chance(11)
    for (let n = 0; n < 10; n++) {
      assert.equal(decode(of(() => next() * 255)), null)
      const stripes = Array.from({ length: size }, () => (next() > 0.5 ? 20 : 230))
      assert.equal(decode(of((x) => stripes[x >> 1] ?? 0)), null)
    }
  })
  it('says nothing: an empty one', () => assert.equal(decode({ light: new Uint8ClampedArray(), width: 0, height: 0 }), null)) // oxfmt-ignore
})
