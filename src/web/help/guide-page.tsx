// The guide for the manager: the chapters by duty and the text of one. Pictures stand in the repository's pages alone.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { spokenTag, useLanguage } from '../messages/language.ts'
import { helpWords } from '../messages/help.ts'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { Fault } from '../ui/fault.tsx'
import { Markdown } from '../ui/markdown.tsx'
import { useTitle } from '../ui/title.ts'
import { chapters, type Chapter } from './chapters.ts'
import './help.css'

const texts = import.meta.glob<string>('../../../docs/guide/**/*.md', { query: '?raw', import: 'default' })

/** In the language that is spoken; English where there is no other. The title is the page's own, pictures and the way to other pages are left out. */
async function textOf(chapter: Chapter): Promise<string> {
  const folder = '../../../docs/guide'
  const load = texts[`${folder}/${spokenTag()}/${chapter}.md`] ?? texts[`${folder}/${chapter}.md`]
  const text = load ? await load() : ''
  return text
    .replace(/^# .*\n/, '')
    .replaceAll(/^!\[.*\n?/gm, '')
    .replaceAll(/\]\((\w+)\.md\)/g, '](/guide/$1)')
}

export function GuidePage() {
  const language = useLanguage()
  const { chapter: name } = useParams({ strict: false })
  const chapter = name === undefined ? chapters[0] : chapters.find((one) => one === name)
  const text = useQuery({
    queryKey: ['guide', language, chapter],
    queryFn: () => textOf(chapter ?? 'begin'),
    staleTime: Infinity,
  })
  useTitle(chapter ? helpWords.chapters[chapter] : helpWords.guide.title)
  if (!chapter) return <NotFound />
  if (text.error) return <Fault error={text.error} again={() => void text.refetch()} />
  return (
    <div className="page guide-page">
      <h1>{helpWords.guide.title}</h1>
      <div className="guide-columns">
        <nav aria-label={helpWords.guide.chapters}>
          <ul className="plain">
            {chapters.map((one) => (
              <li key={one}>
                <Link to={`/guide/${one}`} className="nav-item" data-here={one === chapter || undefined}>
                  {helpWords.chapters[one]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <article className="panel" aria-labelledby="chapter">
          <h2 id="chapter">{helpWords.chapters[chapter]}</h2>
          <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>
            {text.data !== undefined && <Markdown text={text.data} />}
          </Suspense>
        </article>
      </div>
    </div>
  )
}
