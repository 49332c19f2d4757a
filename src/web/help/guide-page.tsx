// The guide for the manager: the chapters by duty, the text of one, and its pictures.
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
import { chapters, type Chapter as ChapterName } from './chapters.ts'
import './help.css'

const texts = import.meta.glob<string>('../../../docs/guide/**/*.md', { query: '?raw', import: 'default' })

const pictures = import.meta.glob<string>('../../../docs/guide/**/pictures/*.png', {
  query: '?url',
  import: 'default',
  eager: true,
})
const folder = '../../../docs/guide'

/** In the language that is spoken; English where there is no other. The title is the page's own. */
async function textOf(chapter: ChapterName): Promise<string> {
  const load = texts[`${folder}/${spokenTag()}/${chapter}.md`] ?? texts[`${folder}/${chapter}.md`]
  const text = load ? await load() : ''
  return text.replace(/^# .*\n/, '').replaceAll(/\]\((\w+)\.md\)/g, '](/guide/$1)')
}

/** Texts and between them pictures: what it shows, and the name of its file. */
const picture = /^!\[(.*)\]\(pictures\/([\w-]+\.png)\)$/m

function Chapter({ text }: { text: string }) {
  const parts = text.split(picture)
  return parts.map((part, at) => {
    if (at % 3 === 0) return part.trim() === '' ? null : <Markdown key={at} text={part} />
    if (at % 3 === 1) return null
    const source = pictures[`${folder}/${spokenTag()}/pictures/${part}`] ?? pictures[`${folder}/pictures/${part}`]
    return <img key={at} className="guide-picture" src={source} alt={parts[at - 1] ?? ''} loading="lazy" />
  })
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
            {text.data !== undefined && <Chapter text={text.data} />}
          </Suspense>
        </article>
      </div>
    </div>
  )
}
