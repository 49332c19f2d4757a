/** The one error of reading a file: its sentences say what is wrong, where, and what to do. */
import { figureInWords } from '#engines/in-words.ts'
import { say } from '#engines/say.ts'

export type UnreadableCode =
  | 'missing'
  | 'empty'
  | 'only-header'
  | 'binary'
  | 'nul'
  | 'password'
  | 'old-excel'
  | 'other-archive'
  | 'damaged'
  | 'bomb'
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'record-too-long'
  | 'xml-entities'
  | 'no-sheet'
  | 'json-array'
  | 'encoding'

/** Refuses a whole file. A fault in one row is a `problem` of that row instead and stops nothing. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
  readonly code: UnreadableCode

  constructor(code: UnreadableCode, sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.code = code
  }
}

/** `unknown` thrown by a library, turned into a refusal that names the part that was being read. */
export function damaged(what: string, cause: unknown): UnreadableFile {
  if (cause instanceof UnreadableFile) return cause
  const detail = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
  return new UnreadableFile(
    'damaged',
    say`${what} is damaged or incomplete (${detail}). Export or copy the file again, then retry.`,
    cause,
  )
}

/** A size in bytes for people: "512 MB". */
export function sizeText(bytes: number): string {
  const gigabyte = 1024 ** 3
  return bytes >= gigabyte
    ? `${figureInWords(bytes / gigabyte)} GB`
    : `${Math.max(1, Math.round(bytes / 1024 ** 2))} MB`
}
