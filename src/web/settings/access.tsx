// Who holds which role, and where: granted and taken away here; roles of the organisation's own are records with a list.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Grant } from '../access/contract.ts'
import { GrantForm } from '../access/grant-form.tsx'
import { GrantTable, grantsKey } from '../access/grant-table.tsx'
import { read } from '../data/http.ts'
import { listAddress, useMe, useModel } from '../data/model.ts'
import { accessWords as words } from '../messages/access.ts'
import { Fault } from '../ui/fault.tsx'

const readers = ['administrator', 'manager', 'lead', 'auditor']

export function Section() {
  const mayRead = useMe().roles.some((role) => readers.includes(role))
  const roles = useModel().records.find((record) => record.name === 'ownRole')
  const grants = useQuery({
    queryKey: [...grantsKey, 'all'],
    queryFn: () => read<{ items: Grant[] }>('/grants'),
    enabled: mayRead,
  })
  if (grants.error) return <Fault error={grants.error} again={() => void grants.refetch()} />
  return (
    <>
      <p className="quiet">{words.about}</p>
      {roles && (
        <div className="row">
          <Button renderRoot={(props) => <Link {...props} to={listAddress(roles)} />}>{words.ownRoles}</Button>
          {roles.can.create && (
            <Button renderRoot={(props) => <Link {...props} to={`${listAddress(roles)}/new`} />}>
              {words.newRole}
            </Button>
          )}
        </div>
      )}
      <GrantForm person={null} />
      {mayRead ? (
        grants.data && <GrantTable grants={grants.data.items} withPerson />
      ) : (
        <p className="quiet">{words.closed}</p>
      )}
    </>
  )
}
