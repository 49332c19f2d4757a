// How many there are of a kind already, and ways to more of them.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listAddress, recordNamed, useModel } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'
import { messages } from '../messages/messages.ts'
import { welcomeWords } from '../messages/welcome.ts'

const words = welcomeWords.firstSteps

export function Standing({ of }: { of: string }) {
  const record = recordNamed(useModel(), of)
  const found = useQuery({
    ...someQuery(record?.plural ?? '', { limit: '1', fields: 'number', total: 'true' }),
    enabled: record !== null,
  })
  const total = found.data?.total
  if (!record || !total) return null
  return (
    <p role="status">
      <Link to={listAddress(record)}>
        {messages.list.total(total.count, total.atLeast)}{' '}
        {messages.values.inSentence(total.count === 1 ? record.label : record.labelPlural)}
      </Link>{' '}
      {words.areHere}
    </p>
  )
}

/** Links to other ways, such as the import wizard. */
export function OtherWays({ ways }: { ways: readonly { readonly to: string; readonly label: string }[] }) {
  return (
    <p className="small">
      {words.otherWays}{' '}
      {ways.map(({ to, label }, at) => (
        <span key={to}>
          {at > 0 && ' · '}
          <Link to={to}>{label}</Link>
        </span>
      ))}
    </p>
  )
}
