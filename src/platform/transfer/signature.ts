/** What a file's first bytes say it is, so that a picture or a PDF is refused by its name. */
import { said, say, toSay } from '#engines/say.ts'
import { UnreadableFile } from './unreadable.ts'

const signatures: readonly (readonly [string, string])[] = [
  ['25504446', toSay('a PDF')],
  ['89504e47', toSay('a PNG picture')],
  ['ffd8ff', toSay('a JPEG picture')],
  ['47494638', toSay('a GIF picture')],
  ['7f454c46', toSay('a program')],
  ['53514c69746520666f726d6174', toSay('an SQLite database')],
  ['377abcaf271c', toSay('a 7-Zip archive')],
  ['526172211a07', toSay('a RAR archive')],
  ['28b52ffd', toSay('a Zstandard archive')],
  ['fd377a585a00', toSay('an XZ archive')],
  ['425a68', toSay('a bzip2 archive')],
  ['50415231', toSay('a Parquet file')],
]

/** True for a ZIP container, the form of an XLSX workbook. */
export function isZip(head: Buffer): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)
}

/** @throws UnreadableFile old-excel, password, binary for what is known not to be a table. */
export function refuseOtherKinds(head: Buffer): void {
  const hex = head.subarray(0, 16).toString('hex')
  if (hex.startsWith('d0cf11e0a1b11ae1')) throw oldOffice(head)
  const found = signatures.find(([start]) => hex.startsWith(start))
  if (!found) return
  throw new UnreadableFile(
    'binary',
    say`This is ${said(found[1])}, not a table. Export the table as CSV, XLSX or JSON lines.`,
  )
}

// A protected XLSX is an OLE container whose directory names EncryptedPackage; it may lie beyond the head, so the old XLS is only named when it is not sure.
function oldOffice(head: Buffer): UnreadableFile {
  const advice = say`Open it in a spreadsheet program and save it as XLSX without a password`
  if (head.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new UnreadableFile('password', say`The workbook is protected by a password. ${advice}.`)
  }
  if (head.includes(Buffer.from('Workbook', 'utf16le'))) {
    return new UnreadableFile('old-excel', say`This is an old Excel file (XLS, 1997–2003). ${advice}.`)
  }
  return new UnreadableFile(
    'password',
    say`This is a workbook protected by a password, or an old Excel file (XLS). ${advice}.`,
  )
}
