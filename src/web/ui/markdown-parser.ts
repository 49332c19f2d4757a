// The parser of Markdown, loaded when the first text that needs it is shown. It follows CommonMark, lets no raw HTML through and drops javascript: links.
import { outwardLinks } from './markdown-html.ts'
import { rendered } from './trusted-html.ts'

export type Render = (text: string) => string

export async function newParser(): Promise<Render> {
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
