// Markdown as HTML. The parser is loaded when the first text is shown; raw HTML in a text stays text (html: false).
import { use } from 'react'
import { messages } from '../messages/messages.ts'
import './markdown.css'

let parser: Promise<{ render(text: string): string }> | null = null

function load() {
  parser ??= import('markdown-it').then(
    ({ default: MarkdownIt }) => new MarkdownIt({ html: false, linkify: true, breaks: true }),
  )
  return parser
}

/** Suspends until the parser is there. markdown-it drops javascript: links itself. */
export function Markdown({ text }: { text: string }) {
  const html = use(load()).render(text)
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: html }} />
}

export function MarkdownWaiting() {
  return <span className="quiet">{messages.list.loading}</span>
}
