// What this installation is, and where its API is described.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { messages } from '../messages/messages.ts'

const words = messages.settings

export function Section() {
  const { org } = useMe()
  const api = useQuery({
    queryKey: ['about'],
    queryFn: () => read<{ info: { title: string; version: string } }>('/openapi.json'),
    retry: false,
    staleTime: Infinity,
  })
  return (
    <>
      <div className="setting">
        <span>{words.organisation}</span>
        <span>{org.name}</span>
      </div>
      {api.data && (
        <div className="setting">
          <span>{words.version}</span>
          <span>
            {messages.product} {api.data.info.version}
          </span>
        </div>
      )}
      <div className="setting">
        <span>{words.apiDocs}</span>
        <span>
          <Link to="/settings/$section" params={{ section: 'api' }}>
            {words.api}
          </Link>{' '}
          · <a href="/api/v1/openapi.json">openapi.json</a>
        </span>
      </div>
    </>
  )
}
