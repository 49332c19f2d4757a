// What a file is, by its first bytes; never by its name or by what the sender claims.
import { fileTypeFromBuffer } from 'file-type'

/** How many of the first bytes decide. */
export const headBytes = 8_192

/**
 * A media type. Text that could run in a browser (HTML, SVG, XML) is told apart from plain text, so that whoever hands
 * the file out can refuse to show it inline. An empty file is `application/x-empty`.
 */
export async function contentType(head: Uint8Array, size: number): Promise<string> {
  if (size === 0) return 'application/x-empty'
  const known = await fileTypeFromBuffer(head).catch(() => undefined)
  // XML is text: whether it is a picture that can run scripts is seen below.
  if (known && known.mime !== 'application/xml') return known.mime
  const text = asText(head, size > head.length)
  return text === null ? 'application/octet-stream' : textType(text.trimStart().slice(0, 1_000).toLowerCase())
}

/** The text, or null when these bytes are none. A character cut in two at the end of the head is no objection. */
export function asText(head: Uint8Array, isCut: boolean): string | null {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
  const text = decoded(head, encoding, isCut) ?? decoded(head, 'windows-1252', false)
  // Control characters other than tab, line feed, form feed, carriage return and escape mean a binary file.
  return text === null || /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text
}

function decoded(head: Uint8Array, encoding: string, isCut: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: isCut })
  } catch {
    return null
  }
}

function textType(start: string): string {
  if (isSvg(start)) return 'image/svg+xml'
  if (/<(!doctype html|html|head|body|script|iframe|style|table|img|a)[\s>/]/.test(start)) return 'text/html'
  if (start.startsWith('<?xml')) return 'application/xml'
  if (start.startsWith('begin:vcalendar')) return 'text/calendar'
  return 'text/plain'
}

/** A comment ends at its first `-->`: a pattern that could read two as one tries 2ⁿ ways through n of them. */
function isSvg(start: string): boolean {
  return /^(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*|<!doctype svg[^>]*>\s*)*<svg/.test(start)
}
