// The contents of a ZIP file, as text: a workbook says its words in files within.
import { inflateRawSync } from 'node:zlib'

const ENTRY = 0x02014b50

/** Every entry of the central directory, one after the other. */
export function unzipped(zip: Buffer): string {
  const texts: string[] = []
  for (let at = zip.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0 && zip.readUInt32LE(at) === ENTRY;) {
    const [size, name, extra, comment] = [zip.readUInt32LE(at + 20), ...[28, 30, 32].map((of) => zip.readUInt16LE(at + of))] as [number, number, number, number] // oxfmt-ignore
    const local = zip.readUInt32LE(at + 42)
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(begin, begin + size)
    texts.push((zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString())
    at += 46 + name + extra + comment
  }
  if (texts.length === 0) throw new Error('There is nothing in this ZIP file.')
  return texts.join('\n')
}
