/** A workbook's parts, opened only after its table of contents was found harmless. */
import { openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { say } from '#engines/say.ts'
import { refuseBomb } from './bytes.ts'
import type { ReadLimits } from './limits.ts'
import { UnreadableFile, damaged, sizeText } from './unreadable.ts'

/** Of a part that says how the workbook is made. */
const MOST_HELD_BYTES = 16 * 1024 ** 2

export class WorkbookParts {
  #zip: ZipFile
  #entries: Map<string, Entry>
  #limits: ReadLimits

  constructor(zip: ZipFile, entries: Map<string, Entry>, limits: ReadLimits) {
    this.#zip = zip
    this.#entries = entries
    this.#limits = limits
  }

  /** Unpacked size in bytes, or null when there is no such part. */
  size(name: string): number | null {
    return this.#entries.get(name.toLowerCase())?.uncompressedSize ?? null
  }

  /**
   * Text in chunks of a part that is kept in memory: the workbook itself, its formats, its table of texts. Judged by the
   * part that is read, not by its name: a workbook may call its table of texts anything.
   * @throws UnreadableFile too-large
   */
  heldText(name: string, mostBytes = MOST_HELD_BYTES): AsyncGenerator<string, void> {
    if ((this.size(name) ?? 0) > mostBytes) throw tooMuchText(mostBytes)
    return this.text(name)
  }
  /** The same for the table of texts, which may be larger. */
  sharedText(name: string): AsyncGenerator<string, void> {
    return this.heldText(name, this.#limits.sharedTextBytes)
  }

  /** Text in chunks. The ZIP library refuses a part whose real size is not the one declared. */
  async *text(name: string): AsyncGenerator<string, void> {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry)
      throw new UnreadableFile(
        'damaged',
        say`The workbook lacks its part ${name}. Open it in a spreadsheet program and save it again as XLSX.`,
      )
    const stream = await this.#zip.openReadStreamPromise(entry).catch((cause: unknown) => {
      throw damaged(say`The workbook`, cause)
    })
    try {
      stream.setEncoding('utf8')
      for await (const chunk of stream as AsyncIterable<string>) yield chunk
    } catch (cause) {
      throw damaged(say`The workbook's part ${name}`, cause)
    } finally {
      stream.destroy()
    }
  }

  close(): void {
    this.#zip.close()
  }
}

/** @throws UnreadableFile damaged, bomb, too-large, password, other-archive */
export async function openWorkbook(path: string, packedBytes: number, limits: ReadLimits): Promise<WorkbookParts> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch((cause: unknown) => {
    throw damaged(say`The workbook`, cause)
  })
  try {
    if (zip.entryCount > limits.entries) {
      throw new UnreadableFile(
        'bomb',
        say`The workbook has ${zip.entryCount} parts; at most ${limits.entries} are read. Save the sheet alone as a new workbook.`,
      )
    }
    return new WorkbookParts(zip, await contents(zip, packedBytes, limits), limits)
  } catch (cause) {
    zip.close()
    throw damaged(say`The workbook`, cause)
  }
}

async function contents(zip: ZipFile, packedBytes: number, limits: ReadLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize
    refuseBomb(packedBytes, unpacked, limits)
    if ((entry.generalPurposeBitFlag & 1) === 1) {
      throw new UnreadableFile(
        'password',
        say`The workbook is protected by a password. Save it without one, then retry.`,
      )
    }
    entries.set(partName(entry), entry)
  }
  if (!entries.has('[content_types].xml')) throw otherArchive(entries)
  return entries
}

// Names of parts are compared without regard to case (ECMA-376 part 2, 6.2.2); with decodeStrings off they are bytes.
function partName(entry: Entry): string {
  const name: unknown = entry.fileName
  const text = Buffer.isBuffer(name) ? name.toString('utf8') : String(name)
  return text.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

function otherArchive(entries: ReadonlyMap<string, Entry>): UnreadableFile {
  const isOpenDocument = entries.has('content.xml') && entries.has('mimetype')
  const what = isOpenDocument ? say`an OpenDocument file (ODS)` : say`a ZIP archive, not a workbook`
  return new UnreadableFile(
    'other-archive',
    say`This is ${what}. ${isOpenDocument ? say`Save it as XLSX or CSV` : say`Unpack it and import the table inside`}.`,
  )
}

function tooMuchText(mostBytes: number): UnreadableFile {
  return new UnreadableFile(
    'too-large',
    say`The workbook holds more than ${sizeText(mostBytes)} of text. Save the sheet as CSV and import that.`,
  )
}
