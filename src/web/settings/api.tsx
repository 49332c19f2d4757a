// The API as the server describes it: the addresses by what they are about, and how a program signs in.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../data/http.ts'
import { sectionsWords } from '../messages/sections.ts'
import { Fault } from '../ui/fault.tsx'

interface Operation {
  tags?: string[]
  summary?: string
}
interface Document {
  paths: Record<string, Record<string, Operation>>
}

const words = sectionsWords.api

export function Section() {
  const api = useQuery({
    queryKey: ['openapi'],
    queryFn: () => read<Document>('/openapi.json'),
    staleTime: Infinity,
  })
  if (api.error) return <Fault error={api.error} again={() => void api.refetch()} />
  const groups = Map.groupBy(operationsOf(api.data), (operation) => operation.tag)
  return (
    <>
      <p className="quiet">{words.about}</p>
      <p className="row">
        <Link to="/settings/$section" params={{ section: 'tokens' }}>
          {words.token}
        </Link>
        <a href="/api/v1/openapi.json">{words.document}</a>
      </p>
      <pre className="api-example" tabIndex={0} aria-label={words.example}>
        {`curl -H 'Authorization: Bearer …' ${location.origin}/api/v1/incidents?limit=5`}
      </pre>
      {[...groups].map(([tag, operations]) => (
        <details key={tag}>
          <summary>
            {tag} <span className="quiet">({operations.length})</span>
          </summary>
          <ul className="plain api-list">
            {operations.map(({ method, path, summary }) => (
              <li key={`${method} ${path}`}>
                <code>
                  {method.toUpperCase()} {path}
                </code>{' '}
                <span className="quiet">{summary}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  )
}

function operationsOf(document: Document | undefined) {
  return Object.entries(document?.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => /^(get|post|patch|put|delete)$/.test(method))
      .map(([method, { tags, summary }]) => ({ method, path, tag: tags?.[0] ?? words.other, summary: summary ?? '' })),
  )
}
