// Retention: the rule of each kind of record, what the last runs removed, and the way to the legal holds.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RuleShown, RunShown } from '#kit/routes/retention.ts'
import { call, read } from '../data/http.ts'
import { listAddress, useModel } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { retentionWords as words } from '../messages/retention.ts'
import { Fault } from '../ui/fault.tsx'
import { FactsTable } from '../ui/facts-table.tsx'
import { say } from '../ui/toast.tsx'
import { durationText, RuleDialog } from './retention-rule.tsx'
import { Runs } from './retention-runs.tsx'

interface Retention {
  rules: RuleShown[]
  runs: RunShown[]
}
const key = ['screen', 'retention']

export function Section() {
  const client = useQueryClient()
  const found = useQuery({ queryKey: key, queryFn: () => read<Retention>('/admin/retention'), refetchInterval: 5_000 })
  const [open, setOpen] = useState<string | null>(null)
  const model = useModel()
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <p className="quiet">{words.about}</p>
  const { rules, runs } = found.data
  const changed = rules.find(({ record }) => record === open)
  const again = () => client.invalidateQueries({ queryKey: key })
  async function carryOut() {
    if (!confirm(words.sure)) return
    if (await attempt(() => call('/admin/retention-run', { method: 'POST', body: {} }))) say(words.started)
    await again()
  }
  return (
    <>
      <p className="quiet">{words.about}</p>
      <div className="row">
        <Holds record={model.records.find(({ name }) => name === 'legalHold')} />
        <Button onClick={() => void carryOut()}>{words.run}</Button>
      </div>
      <h3>{words.rules}</h3>
      <Rules rules={rules} onOpen={setOpen} />
      <h3>{words.runs}</h3>
      <Runs runs={runs} rules={rules} />
      {changed && (
        <RuleDialog
          rule={changed}
          onClose={() => {
            setOpen(null)
            void again()
          }}
        />
      )}
    </>
  )
}

function Holds({ record }: { record: ReturnType<typeof useModel>['records'][number] | undefined }) {
  if (!record) return null
  return (
    <>
      <Button renderRoot={(props) => <Link {...props} to={listAddress(record)} />}>{words.holds}</Button>
      {record.can.create && (
        <Button renderRoot={(props) => <Link {...props} to={`${listAddress(record)}/new`} />}>{words.newHold}</Button>
      )}
    </>
  )
}

function Rules({ rules, onOpen }: { rules: RuleShown[]; onOpen: (record: string) => void }) {
  return (
    <FactsTable
      label={words.rules}
      items={rules}
      keyOf={(rule) => rule.record}
      columns={[
        { label: words.kind, cell: (rule) => rule.label },
        {
          label: words.rule,
          cell: (rule) => (
            <span>
              {rule.says} {rule.isOwn && <span className="tag">{words.own}</span>}
            </span>
          ),
        },
        {
          label: words.bin,
          cell: (rule) => (
            <span className="quiet">{rule.binKeep ? words.binAfter(durationText(rule.binKeep)) : words.binNever}</span>
          ),
        },
        {
          label: words.change,
          isDeed: true,
          cell: (rule) => (
            <Button size="compact-xs" aria-label={words.changeOf(rule.label)} onClick={() => onOpen(rule.record)}>
              {words.change}
            </Button>
          ),
        },
      ]}
    />
  )
}
