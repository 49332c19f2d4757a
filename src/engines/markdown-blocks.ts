/**
 * The Markdown of a text as plain parts, for readers that are no browser: paragraphs, headings, lists, quotes, code; in them
 * strong, emphasis, code and links. Tables and HTML stay as they were typed.
 */
export interface MarkdownSpan {
  readonly text: string
  readonly isStrong: boolean
  readonly isEmphasis: boolean
  readonly isCode: boolean
  /** http, https or mailto; empty where there is none. */
  readonly link: string
}
export interface MarkdownBlock {
  readonly kind: 'paragraph' | 'heading' | 'bullet' | 'number' | 'quote' | 'code'
  /** Of a heading 1 to 6, of a number the number. */
  readonly level: number
  readonly spans: readonly MarkdownSpan[]
}

/** Never fails: what is not understood is text. */
export function markdownBlocks(text: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = []
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  let open: { kind: MarkdownBlock['kind']; level: number; lines: string[] } | null = null
  let isFenced = false
  const close = (): void => {
    if (open !== null && open.lines.length > 0) blocks.push(closed(open))
    open = null
  }
  for (const line of lines) {
    if (/^\s*```/.test(line)) {
      close()
      isFenced = !isFenced
      if (isFenced) open = { kind: 'code', level: 0, lines: [] }
      continue
    }
    if (isFenced) {
      open?.lines.push(line)
      continue
    }
    if (line.trim() === '') {
      close()
      continue
    }
    const begun = beginning(line)
    if (begun !== null) {
      close()
      open = begun
      if (begun.kind === 'heading') close()
      continue
    }
    open ??= { kind: 'paragraph', level: 0, lines: [] }
    open.lines.push(line.trim())
  }
  close()
  return blocks
}
function beginning(line: string): { kind: MarkdownBlock['kind']; level: number; lines: string[] } | null {
  const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line)
  if (heading !== null) return { kind: 'heading', level: heading[1]?.length ?? 1, lines: [heading[2] ?? ''] }
  const bullet = /^\s*[-*+]\s+(.*)$/.exec(line)
  if (bullet !== null) return { kind: 'bullet', level: 0, lines: [bullet[1] ?? ''] }
  const numbered = /^\s*(\d{1,9})[.)]\s+(.*)$/.exec(line)
  if (numbered !== null) return { kind: 'number', level: Number(numbered[1]), lines: [numbered[2] ?? ''] }
  const quote = /^\s*>\s?(.*)$/.exec(line)
  return quote === null ? null : { kind: 'quote', level: 0, lines: [quote[1] ?? ''] }
}
function closed({
  kind,
  level,
  lines,
}: {
  kind: MarkdownBlock['kind']
  level: number
  lines: readonly string[]
}): MarkdownBlock {
  const text = lines.join('\n')
  return { kind, level, spans: kind === 'code' ? [{ ...PLAIN, text, isCode: true }] : spansOf(text, PLAIN) }
}

const PLAIN: MarkdownSpan = { text: '', isStrong: false, isEmphasis: false, isCode: false, link: '' }
const MARK =
  /\\([\\`*_{}[\]()#+\-.!>~|])|`([^`]+)`|\*\*(\S(?:[^*]*\S)?)\*\*|__(\S(?:[^_]*\S)?)__|\*(\S(?:[^*]*\S)?)\*|(?<!\w)_(\S(?:[^_]*\S)?)_(?!\w)|\[([^\]]{1,500})\]\(([^()\s]{1,2000})\)/u
function spansOf(text: string, style: MarkdownSpan): MarkdownSpan[] {
  const spans: MarkdownSpan[] = []
  let rest = text
  while (rest !== '') {
    const found = MARK.exec(rest)
    if (found === null) break
    if (found.index > 0) spans.push({ ...style, text: rest.slice(0, found.index) })
    const [whole, plain, code, strong, strong2, slanted, slanted2, label, link] = found
    if (plain !== undefined) spans.push({ ...style, text: plain })
    else if (code !== undefined) spans.push({ ...style, text: code, isCode: true })
    else if (strong !== undefined || strong2 !== undefined)
      spans.push(...spansOf(strong ?? strong2 ?? '', { ...style, isStrong: true })) // oxfmt-ignore
    else if (slanted !== undefined || slanted2 !== undefined)
      spans.push(...spansOf(slanted ?? slanted2 ?? '', { ...style, isEmphasis: true })) // oxfmt-ignore
    else spans.push(...spansOf(label ?? '', { ...style, link: isOutward(link ?? '') ? (link ?? '') : '' }))
    rest = rest.slice(found.index + whole.length)
  }
  return rest === '' ? spans : [...spans, { ...style, text: rest }]
}
function isOutward(link: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(link)
}
