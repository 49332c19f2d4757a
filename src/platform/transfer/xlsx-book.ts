/** What a workbook says about itself: sheets, number formats, the table of texts. (ECMA-376 part 1, section 18.) */
import { say } from '#engines/say.ts'
import { formatShows } from './xlsx-date.ts'
import type { Shown } from './xlsx-date.ts'
import type { WorkbookParts } from './xlsx-zip.ts'
import { readXml } from './xlsx-xml.ts'
import { UnreadableFile } from './unreadable.ts'

/** Empty ones count: an entry of five characters costs more in memory than in the file. */
const MOST_TEXTS = 5_000_000

export interface Workbook {
  sheets: { name: string; part: string }[]
  /** Dates count from 1904 instead of 1900. */
  is1904: boolean
  /** By the style number of a cell. */
  shows: Shown[]
  texts: string[]
}

/** @throws UnreadableFile no-sheet, damaged */
export async function readBook(parts: WorkbookParts): Promise<Workbook> {
  const bookPart = await mainPart(parts)
  const links = await relations(parts, bookPart)
  const byId = new Map(links.map((link) => [link.id, link]))
  const book: Workbook = { sheets: [], is1904: false, shows: [], texts: [] }
  await readXml(bookPart, parts.heldText(bookPart), {
    open(name, attributes) {
      if (name === 'workbookPr') book.is1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true'
      if (name === 'sheet') addSheet(book, attributes, byId)
    },
  })
  if (book.sheets.length === 0)
    throw new UnreadableFile(
      'no-sheet',
      say`The workbook has no sheet with cells. Save the table on a sheet and retry.`,
    )
  const styles = links.find((link) => link.type === 'styles')
  if (styles && parts.size(styles.part) !== null) book.shows = await cellFormats(parts, styles.part)
  const texts = links.find((link) => link.type === 'sharedStrings')
  if (texts && parts.size(texts.part) !== null) book.texts = await sharedTexts(parts, texts.part)
  return book
}

interface Relation {
  id: string
  type: string
  part: string
}

async function mainPart(parts: WorkbookParts): Promise<string> {
  const main = (await relations(parts, '')).find((link) => link.type === 'officeDocument')
  if (main && parts.size(main.part) !== null) return main.part
  throw new UnreadableFile(
    'other-archive',
    say`This is an Office file without a workbook. Save the table as XLSX or CSV.`,
  )
}

async function relations(parts: WorkbookParts, of: string): Promise<Relation[]> {
  const slash = of.lastIndexOf('/') + 1
  const folder = of.slice(0, slash)
  const part = `${folder}_rels/${of.slice(slash)}.rels`
  const found: Relation[] = []
  if (parts.size(part) === null) return found
  await readXml(part, parts.heldText(part), {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const type = attributes['Type'] ?? ''
      found.push({
        id: attributes['Id'] ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        part: resolved(folder, attributes['Target'] ?? ''),
      })
    },
  })
  return found
}

// The address is invented: only its path is used, with `..` and `.` resolved.
function resolved(folder: string, target: string): string {
  const url = URL.parse(target, `zip://workbook/${folder}`)
  return url ? url.pathname.slice(1) : ''
}

function addSheet(
  book: Workbook,
  attributes: Readonly<Record<string, string>>,
  links: ReadonlyMap<string, Relation>,
): void {
  const key = Object.keys(attributes).find((name) => name.endsWith(':id'))
  const link = links.get((key && attributes[key]) ?? '')
  if (link?.type === 'worksheet') book.sheets.push({ name: attributes['name'] ?? '', part: link.part })
}

async function cellFormats(parts: WorkbookParts, part: string): Promise<Shown[]> {
  const own = new Map<number, string>()
  const shows: Shown[] = []
  let isCell = false
  await readXml(part, parts.heldText(part), {
    open(name, attributes) {
      if (name === 'numFmt') own.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (name === 'cellXfs') isCell = true
      if (name === 'xf' && isCell) shows.push(formatShows(Number(attributes['numFmtId'] ?? 0), own))
    },
    close(name) {
      if (name === 'cellXfs') isCell = false
    },
  })
  return shows
}

async function sharedTexts(parts: WorkbookParts, part: string): Promise<string[]> {
  const texts: string[] = []
  let text = ''
  let depthOfPhonetic = 0
  let isText = false
  await readXml(part, parts.sharedText(part), {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') depthOfPhonetic++
      isText = name === 't' && depthOfPhonetic === 0
    },
    text(piece) {
      if (isText) text += piece
    },
    close(name) {
      isText = false
      if (name === 'rPh') depthOfPhonetic--
      if (name === 'si' && texts.push(unescaped(text)) > MOST_TEXTS) throw tooManyTexts()
    },
  })
  return texts
}

function tooManyTexts(): UnreadableFile {
  return new UnreadableFile(
    'too-large',
    say`The workbook holds more than ${MOST_TEXTS / 1e6} million different texts. Save the sheet as CSV and import that.`,
  )
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}
