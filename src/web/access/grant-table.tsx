// Grants in a table: who, which role, where, since when; each can be taken away.
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../data/http.ts'
import { addressOf, recordNamed, useModel } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { relativeText } from '../fields/format.ts'
import { accessWords as words } from '../messages/access.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { say } from '../ui/toast.tsx'
import type { Grant } from './contract.ts'

export const grantsKey = ['screen', 'grants']

export function GrantTable({ grants, withPerson }: { grants: Grant[]; withPerson: boolean }) {
  const client = useQueryClient()
  const person = recordNamed(useModel(), 'person')
  async function take(grant: Grant) {
    if (!confirm(words.takeSure(grant.label, grant.person.title))) return
    const isTaken = await attempt(() => call(`/grants/${encodeURIComponent(grant.id)}`, { method: 'DELETE' }))
    if (isTaken) say(words.taken)
    await client.invalidateQueries({ queryKey: grantsKey })
  }
  const personOf = (grant: Grant) =>
    person ? <Link to={addressOf(person, grant.person.number)}>{grant.person.title}</Link> : grant.person.title
  if (grants.length === 0) return <p className="quiet">{words.none}</p>
  return (
    <FactsTable
      label={words.role}
      items={grants}
      keyOf={(grant) => grant.id}
      columns={[
        ...(withPerson ? [{ label: words.person, cell: personOf }] : []),
        { label: words.role, cell: (grant) => grant.label },
        { label: words.where, cell: placeOf },
        {
          label: words.grantedBy,
          cell: (grant) => [relativeText(grant.grantedAt), grant.grantedBy?.title].filter(Boolean).join(' · '),
        },
        {
          label: words.take,
          isDeed: true,
          cell: (grant) => (
            <Button
              size="compact-xs"
              onClick={() => void take(grant)}
              aria-label={`${words.take}: ${grant.label}, ${grant.person.title}`}
            >
              {words.take}
            </Button>
          ),
        },
      ]}
    />
  )
}
function placeOf({ scope, at }: Grant): string {
  if (scope === 'organisation') return words.everywhere
  return scope === 'own' ? words.own : (at?.title ?? words.scopes[scope])
}
