/** A mail from its parts: as plain text and as HTML that says the same. Nothing in the parts becomes markup or a line of the header. */

export interface MailContent {
  readonly paragraphs: readonly string[]
  /** A button; `{secret}` in the address stands for what only the recipient may know. */
  readonly action?: { readonly label: string; readonly link: string }
  /** Why the recipient gets it. */
  readonly why: string
  /** Where such mails are switched off by one click. */
  readonly stop?: {
    readonly label: string
    readonly link: string
    /** Takes one POST (RFC 8058). */ readonly oneClick: string
  }
}

export function mailText({ paragraphs, action, why, stop }: MailContent): string {
  const parts = [
    ...paragraphs.map(clean),
    ...(action === undefined ? [] : [`${oneLine(action.label)}:\n${oneLine(action.link)}`]),
    // RFC 3676 4.3: what follows is not part of the message.
    `-- \n${clean(why)}${stop === undefined ? '' : `\n${oneLine(stop.label)}: ${oneLine(stop.link)}`}`,
  ]
  return `${parts.join('\n\n')}\n`
}
export function mailHtml({ paragraphs, action, why, stop }: MailContent): string {
  const body = [
    ...paragraphs.map((text) => `<p dir="auto">${lines(text)}</p>`),
    ...(action === undefined ? [] : [`<p>${anchor(action)}</p>`]),
    `<p dir="auto" style="color:#666;font-size:85%">${lines(why)}${stop === undefined ? '' : `<br>${anchor(stop)}`}</p>`,
  ]
  return `<!doctype html><html><head><meta charset="utf-8"></head><body style="font-family:sans-serif;line-height:1.5">${body.join('\n')}</body></html>\n`
}
/** For a line of the header: without controls and line ends, at most so many characters, no half of a pair. */
export function headerLine(text: string, most = 250): string {
  const line = Array.from(oneLine(text))
  return line.length <= most ? line.join('') : `${line.slice(0, most - 1).join('')}…`
}
/**
 * Whether mail can be sent there: one address and nothing else, no comment, no quoting, no list. Stricter than RFC 5321, as
 * whatever is let through stands in an envelope.
 */
export function isMailAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u.test(
      text,
    )
  )
}

function anchor({ label, link }: { label: string; link: string }): string {
  const safe = /^https?:\/\//i.test(link) ? oneLine(link) : ''
  return `<a href="${escaped(safe)}">${escaped(oneLine(label))}</a>`
}
function lines(text: string): string {
  return escaped(clean(text)).replaceAll('\n', '<br>')
}
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;') // oxfmt-ignore
}
/** Line ends stay; other controls, and halves of pairs, go. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
}
/** Marks that turn the direction of what follows would reach beyond the text (U+202A to U+202E, U+2066 to U+2069). */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
}
