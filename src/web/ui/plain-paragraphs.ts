// Texts that Markdown would leave as they are, which most comments and descriptions are: they are shown without its parser.

/** What may mean something to Markdown wherever it stands: emphasis, code, links, tags, characters by name, strikes, tables, addresses. */
const SIGNS = /[\\`*_[\]<>&~|@\0]|:\/\/|www\./i
/** What may begin a list, a heading, a rule, a line under a heading or the one that makes a table (`:-`), or code; and a space that would change how lines are joined. */
const EDGES = /^(?: |[-+#=]|:-|\d{1,9}[.)])| $/m
/** Spaces that are neither a space nor the end of a line; and an end of a line that our renderer does not know as one. */
const RARE_SPACES = /[^\S \r\n]|\r(?!\n)/

/** The paragraphs of such a text, each as its lines; null where the parser has to look at it. An empty text has no paragraphs. */
export function plainParagraphs(text: string): string[][] | null {
  if (SIGNS.test(text) || EDGES.test(text) || RARE_SPACES.test(text)) return null
  return text
    .split(/(?:\r?\n){2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => paragraph.split(/\r?\n/).filter((line) => line !== ''))
}
