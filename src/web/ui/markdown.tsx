// Markdown as HTML. The parser is loaded when the first text is shown; it follows CommonMark, lets no raw HTML through and drops javascript: links.
import { use } from 'react'
import { outwardLinks } from './markdown-html.ts'
import { rendered } from './trusted-html.ts'
import './markdown.css'

type Render = (text: string) => string
let parser: Promise<Render> | null = null

async function newParser(): Promise<Render> {
  const [{ micromark }, links, tables, strike] = await Promise.all([
    import('micromark'),
    import('micromark-extension-gfm-autolink-literal'),
    import('micromark-extension-gfm-table'),
    import('micromark-extension-gfm-strikethrough'),
  ])
  const options = {
    extensions: [links.gfmAutolinkLiteral(), tables.gfmTable(), strike.gfmStrikethrough()],
    htmlExtensions: [links.gfmAutolinkLiteralHtml(), tables.gfmTableHtml(), strike.gfmStrikethroughHtml()],
  }
  return (text) => rendered(outwardLinks(micromark(withBreaks(text), options)))
}

/** People press Enter and mean a new line: Markdown wants two spaces before it. */
function withBreaks(text: string): string {
  return text.replaceAll(/(\S)\r?\n(?=\S)/g, '$1  \n')
}

/** Begins to load the parser, for a page that will need it soon. */
export function preloadMarkdown(): void {
  parser ??= newParser()
}

/** Suspends until the parser is there. */
export function Markdown({ text }: { text: string }) {
  parser ??= newParser()
  const html = use(parser)(text)
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: html }} />
}
