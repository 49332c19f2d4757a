/** How much of a file is accepted before reading is refused; all sizes in bytes unless named otherwise. */

export interface ReadLimits {
  /** Size on disk. */
  rawBytes: number
  /** Size once unpacked, of all parts together. */
  inflatedBytes: number
  /** Unpacked size divided by packed size, looked at above `ratioFromBytes` unpacked. */
  ratio: number
  ratioFromBytes: number
  /** Parts inside a workbook. */
  entries: number
  /** Unpacked size of a workbook's table of texts, the only part held in memory. */
  sharedTextBytes: number
  columns: number
  rowsOfSheet: number
  /** Characters of one record: more is an unclosed quotation mark or no table at all. */
  recordChars: number
}

export const defaultLimits: ReadLimits = {
  rawBytes: 512 * 1024 ** 2,
  inflatedBytes: 2 * 1024 ** 3,
  ratio: 100,
  ratioFromBytes: 32 * 1024 ** 2,
  entries: 10_000,
  sharedTextBytes: 192 * 1024 ** 2,
  columns: 2000,
  rowsOfSheet: 1_048_576,
  recordChars: 4 * 1024 ** 2,
}
