// Reads a code in a grey picture, in plain JavaScript, where the browser has no reader of its own: the codes that stand on
// labels of things. Squares correct their own errors; what bars say counts only where two lines across them say the same.
import { BarcodeFormat, BinaryBitmap, BitArray, DataMatrixReader, DecodeHintType, HybridBinarizer, MultiFormatOneDReader, PDF417Reader, QRCodeReader, RGBLuminanceSource, type Reader } from '@zxing/library' // oxfmt-ignore

export interface GreyPicture {
  /** 0 is black; row by row. */
  light: Uint8ClampedArray
  width: number
  height: number
}

const { CODE_128, CODE_39, EAN_13, EAN_8 } = BarcodeFormat
const hints = new Map<DecodeHintType, unknown>([
  [DecodeHintType.TRY_HARDER, true],
  [DecodeHintType.POSSIBLE_FORMATS, [CODE_128, CODE_39, EAN_13, EAN_8]],
])
const pdf417 = new PDF417Reader()
const squares: readonly Reader[] = [new QRCodeReader(), new DataMatrixReader(), pdf417]
const bars = new MultiFormatOneDReader(hints)
/** Lines across a picture in which bars are looked for. */
const LINES = 40
/** Of so many lines above one another the mean is taken: grain goes, bars stay. */
const THICK = 7
/** Points; bars are told from what is between them by the lightest and the darkest of their block and the two beside it. */
const BLOCK = 24
const LEAST_CONTRAST = 30
/** Points are drawn apart so many times, so that narrow bars keep their widths. */
const APART = 3

/**
 * QR, Data Matrix, PDF417, Code 128, Code 39, EAN-13 and EAN-8, each way of looking by itself: a camera looks again soon
 * enough to try one at a time, and keeps the page free.
 */
export const ways: readonly ((picture: GreyPicture) => string | null)[] = [
  (picture) => inSquares(picture, squares),
  inBars,
  (picture) => inSquares(smooth(picture), squares),
  (picture) => inBars(turned(picture)) ?? inSquares(turned(picture), [pdf417]),
]

/** @returns the text, or null where no code is seen in any way */
export function decode(picture: GreyPicture): string | null {
  for (const way of ways) {
    const text = way(picture)
    if (text !== null) return text
  }
  return null
}

function inSquares({ light, width, height }: GreyPicture, readers: readonly Reader[]): string | null {
  const bitmap = read(() => new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(light, width, height))))
  for (const reader of bitmap === null ? [] : readers) {
    const text = bitmap && read(() => reader.decode(bitmap, hints).getText())
    if (text !== null && text !== '') return text
  }
  return null
}

/** Code 39 has no check digit, and a wall of stripes could say something by chance: once is no answer. */
function inBars(picture: GreyPicture): string | null {
  const seen = new Set<string>()
  for (let line = 1; line < LINES; line++) {
    const y = Math.floor((line * picture.height) / LINES)
    const row = lineAt(picture, y)
    const text = read(() => bars.decodeRow(y, row, hints).getText()) ?? fromTheOtherSide(y, row)
    if (text === null) continue
    if (seen.has(text)) return text
    seen.add(text)
  }
  return null
}
function fromTheOtherSide(y: number, row: BitArray): string | null {
  row.reverse()
  return read(() => bars.decodeRow(y, row, hints).getText())
}

/** What is dark in a line across. */
function lineAt({ light, width, height }: GreyPicture, y: number): BitArray {
  const thick = Array.from({ length: THICK }, (_, n) => y + n - (THICK >> 1)).filter((row) => row >= 0 && row < height)
  const mean = Float32Array.from({ length: width }, (_, x) =>
    thick.reduce((sum, row) => sum + (light[row * width + x] ?? 255) / thick.length, 0),
  )
  const [low, high] = [extremes(mean, Math.min), extremes(mean, Math.max)]
  const bits = new BitArray(width * APART)
  for (let x = 0; x < width - 1; x++) {
    const block = Math.floor(x / BLOCK)
    const [darkest, lightest] = [low[block] ?? 255, high[block] ?? 255]
    if (lightest - darkest < LEAST_CONTRAST) continue
    const [from, to] = [mean[x] ?? 255, mean[x + 1] ?? 255]
    for (let part = 0; part < APART; part++)
      if (from + ((to - from) * part) / APART < (lightest + darkest) / 2) bits.set(x * APART + part)
  }
  return bits
}
/** For each block of a line, the least or the greatest of it and its neighbours. */
function extremes(line: Float32Array, pick: (...of: number[]) => number): number[] {
  const own = Array.from({ length: Math.ceil(line.length / BLOCK) }, (_, block) => pick(...line.subarray(block * BLOCK, (block + 1) * BLOCK))) // oxfmt-ignore
  return own.map((value, block) => pick(own[block - 1] ?? value, value, own[block + 1] ?? value))
}

/** Each point is the mean of those around it. */
function smooth({ light, width, height }: GreyPicture): GreyPicture {
  const to = new Uint8ClampedArray(light)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      let sum = 0
      for (let row = y - 1; row <= y + 1; row++)
        for (let at = row * width + x - 1; at <= row * width + x + 1; at++) sum += light[at] ?? 0
      to[y * width + x] = sum / 9
    }
  return { light: to, width, height }
}

/** By a quarter. */
function turned({ light, width, height }: GreyPicture): GreyPicture {
  const to = new Uint8ClampedArray(light.length)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) to[x * height + (height - 1 - y)] = light[y * width + x] ?? 255 // oxfmt-ignore
  return { light: to, width: height, height: width }
}

/** The readers say by errors that they saw nothing, and stumble over pictures that are no code. */
function read<T>(how: () => T): T | null {
  try {
    return how()
  } catch {
    return null
  }
}
