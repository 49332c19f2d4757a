// A text as it was meant: plain ones as they are, those with signs of Markdown by its parser, which is loaded for the first of them.
import { Fragment, use, useDeferredValue } from 'react'
import { newParser, type Render } from './markdown-parser.ts'
import { plainParagraphs } from './plain-paragraphs.ts'
import './markdown.css'

let parser: Promise<Render> | null = null

/** Suspends until the parser is there, where the text needs it. A text that changes stays as it was until then. */
export function Markdown({ text }: { text: string }) {
  const shown = useDeferredValue(text)
  const paragraphs = plainParagraphs(shown)
  return paragraphs === null ? <Parsed text={shown} /> : <Plain paragraphs={paragraphs} />
}

function Parsed({ text }: { text: string }) {
  parser ??= newParser()
  const html = use(parser)(text)
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: html }} />
}

function Plain({ paragraphs }: { paragraphs: readonly (readonly string[])[] }) {
  return (
    <div className="markdown">
      {paragraphs.map((lines, nth) => (
        <p key={nth}>
          {lines.map((line, at) => (
            <Fragment key={at}>
              {at > 0 && <br />}
              {line}
            </Fragment>
          ))}
        </p>
      ))}
    </div>
  )
}
