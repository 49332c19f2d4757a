/** Pictures of screens made small: at most 256 colours in a palette, which is all that a screen without photographs needs. (PNG, ISO/IEC 15948) */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST = 256
interface Pixels {
  readonly width: number
  readonly height: number
  /** Three bytes a pixel. */
  readonly rgb: Buffer
}

/** @param png eight bits a channel, with or without an opaque alpha, not interlaced: as browsers take pictures */
export function smallPng(png: Buffer): Buffer {
  const { width, height, rgb } = pixelsOf(png)
  const palette = paletteOf(rgb)
  const nearest = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  for (let at = 0; at < width * height; at++) {
    const colour = rgb.readUIntBE(at * 3, 3)
    const index = nearest.get(colour) ?? nearestOf(palette, colour)
    nearest.set(colour, index)
    rows[at + Math.floor(at / width) + 1] = index
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const parts = [chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))] // oxfmt-ignore
  return Buffer.concat([SIGNATURE, ...parts])
}

/** The most frequent colours; those that nearly are one of them count for it. */
function paletteOf(rgb: Buffer): number[] {
  const counts = new Map<number, number>()
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const sorted = [...counts].toSorted(([a, n], [b, m]) => m - n || a - b).map(([colour]) => colour)
  const kept: number[] = []
  // First such that differ well, so that rare ones find a neighbour; then the rest by how often they come.
  for (const apart of [300, 60, 0])
    for (const colour of sorted) {
      if (kept.length === MOST) return kept
      if (!kept.includes(colour) && kept.every((one) => distance(one, colour) > apart)) kept.push(colour)
    }
  return kept
}
function nearestOf(palette: readonly number[], colour: number): number {
  let best = 0
  let least = Infinity
  for (const [at, one] of palette.entries()) {
    const far = distance(one, colour)
    if (far < least) [best, least] = [at, far]
  }
  return best
}
function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16)
  const green = ((one >> 8) & 255) - ((other >> 8) & 255)
  const blue = (one & 255) - (other & 255)
  return red * red + green * green + blue * blue
}

function pixelsOf(png: Buffer): Pixels {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error('This is no PNG.')
  const data: Buffer[] = []
  let head: Buffer = Buffer.alloc(0)
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 8, at + 8 + length)
    const kind = png.toString('latin1', at + 4, at + 8)
    if (kind === 'IHDR') head = body
    if (kind === 'IDAT') data.push(body)
    at += length + 12
  }
  const [width, height, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9]]
  if (head[8] !== 8 || (kind !== 2 && kind !== 6) || head[12] !== 0) throw new Error('This PNG is of another kind.')
  const bytes = kind === 2 ? 3 : 4
  const raw = unfiltered(inflateSync(Buffer.concat(data)), width * bytes, bytes)
  const rgb = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at++) raw.copy(rgb, at * 3, at * bytes, at * bytes + 3)
  return { width, height, rgb }
}
/** Undoes the filter of each line (9.2). */
function unfiltered(raw: Buffer, line: number, bytes: number): Buffer {
  const lines = raw.length / (line + 1)
  const made = Buffer.alloc(lines * line)
  for (let y = 0; y < lines; y++) {
    const filter = raw[y * (line + 1)] ?? 0
    for (let x = 0; x < line; x++) {
      const left = x < bytes ? 0 : (made[y * line + x - bytes] ?? 0)
      const up = y === 0 ? 0 : (made[(y - 1) * line + x] ?? 0)
      const corner = x < bytes || y === 0 ? 0 : (made[(y - 1) * line + x - bytes] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      made[y * line + x] = (raw[y * (line + 1) + 1 + x] ?? 0) + guess
    }
  }
  return made
}
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const made = Buffer.alloc(named.length + 8)
  made.writeUInt32BE(body.length, 0)
  named.copy(made, 4)
  made.writeUInt32BE(crc32(named), named.length + 4)
  return made
}
