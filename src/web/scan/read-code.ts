// Reads a code from a picture: with the browser's own reader where it has one (all usual codes), else with a reader of QR codes that is loaded when it is needed.

interface Detector {
  detect(source: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}
export interface Reader {
  /** The text of a code in the picture; null when there is none. */
  read(picture: ImageBitmapSource & CanvasImageSource, width: number, height: number): Promise<string | null>
  /** Whether bar codes are read too, not QR codes alone. */
  readonly readsBars: boolean
}

/** Pictures are made smaller first: a code needs few points, and large ones take long. */
const MOST_POINTS = 900

export async function newReader(): Promise<Reader> {
  const own = await ownReader()
  if (own !== null) return own
  const { default: decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return {
    readsBars: false,
    read: async (picture, width, height) => {
      if (context === null || width === 0) return null
      const scale = Math.min(1, MOST_POINTS / Math.max(width, height))
      canvas.width = Math.round(width * scale)
      canvas.height = Math.round(height * scale)
      context.drawImage(picture, 0, 0, canvas.width, canvas.height)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      try {
        return decodeQR({ width: canvas.width, height: canvas.height, data })
      } catch {
        return null // it says by an error that it saw none
      }
    },
  }
}

async function ownReader(): Promise<Reader | null> {
  const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
  const formats = maker === undefined ? [] : await maker.getSupportedFormats().catch(() => [])
  if (maker === undefined || !formats.includes('qr_code')) return null
  const detector = new maker({ formats })
  return {
    readsBars: formats.length > 1,
    read: async (picture) => {
      const codes = await detector.detect(picture).catch(() => [])
      return codes[0]?.rawValue ?? null
    },
  }
}
