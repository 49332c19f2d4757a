// Reads a code from a picture: with the browser's own reader where it has one for bars as well, else with one in plain JavaScript that is loaded when it is needed.
import type { GreyPicture } from './decode.ts'

interface Detector {
  detect(source: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}
export interface Look {
  readonly width: number
  readonly height: number
  /** The how manieth look of a camera: it looks in one way at a time. Without it, in all. */
  readonly look?: number
}
export interface Reader {
  /** The text of a code in the picture; null when there is none. */
  read(picture: ImageBitmapSource & CanvasImageSource, how: Look): Promise<string | null>
}

/** Pictures are made smaller first: a code needs few points, and large ones take long. */
const MOST_POINTS = 900
/** A reader that has not all of these is worth less than ours. */
const USUAL = ['qr_code', 'data_matrix', 'code_128', 'code_39', 'ean_13']

export async function newReader(): Promise<Reader> {
  const own = await ownReader()
  if (own !== null) return own
  const { decode, ways } = await import('./decode.ts')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return {
    read: async (picture, { width, height, look }) => {
      if (context === null || width === 0) return null
      const scale = Math.min(1, MOST_POINTS / Math.max(width, height))
      canvas.width = Math.round(width * scale)
      canvas.height = Math.round(height * scale)
      context.drawImage(picture, 0, 0, canvas.width, canvas.height)
      const grey = greyOf(context.getImageData(0, 0, canvas.width, canvas.height))
      return look === undefined ? decode(grey) : (ways[look % ways.length]?.(grey) ?? null)
    },
  }
}

/** What is not there (a picture may be cut out) is white, as paper is. */
function greyOf({ data, width, height }: ImageData): GreyPicture {
  const light = new Uint8ClampedArray(width * height)
  for (let at = 0; at < light.length; at++) {
    const [red = 0, green = 0, blue = 0, solid = 255] = data.subarray(at * 4, at * 4 + 4)
    light[at] = ((red + 2 * green + blue) / 4) * (solid / 255) + 255 - solid
  }
  return { light, width, height }
}

async function ownReader(): Promise<Reader | null> {
  const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
  const formats = maker === undefined ? [] : await maker.getSupportedFormats().catch(() => [])
  if (maker === undefined || !USUAL.every((format) => formats.includes(format))) return null
  const detector = new maker({ formats })
  return {
    read: async (picture) => {
      const codes = await detector.detect(picture).catch(() => [])
      return codes[0]?.rawValue ?? null
    },
  }
}
