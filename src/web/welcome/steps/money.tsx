// Step 4: what services cost. There is no budget in the product yet: the truest thing today is a yearly cost at each service, from last year's sheet.
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Page, Row } from '../../data/contract.ts'
import { call, read } from '../../data/http.ts'
import { modelQuery, queryClient } from '../../data/queries.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { refresh } from '../../data/writes.ts'
import { welcomeWords } from '../../messages/welcome.ts'
import { minorOf } from '../amount.ts'
import { ManyLines } from '../many-lines.tsx'
import { OtherWays } from '../standing.tsx'

const words = welcomeWords.money
const FIELD = 'yearlyCost'
const knows = (model: Parameters<typeof recordNamed>[0]): boolean =>
  recordNamed(model, 'service')?.fields.some(({ name }) => name === FIELD) ?? false

export function Step() {
  const has = knows(useModel())
  const [currency, setCurrency] = useState('EUR')
  /** The field is added with the first amount, as an administrator adds any other. */
  async function needField() {
    if (knows(await queryClient.ensureQueryData(modelQuery))) return
    const body = { record: 'service', name: FIELD, label: words.field, kind: 'money', help: words.fieldHelp, confidentiality: 'C2', listed: true } // oxfmt-ignore
    await call('/customfields', { method: 'POST', body })
    await queryClient.invalidateQueries({ queryKey: modelQuery.queryKey })
  }
  async function write([name = '', amount = '']: readonly string[]) {
    const minor = minorOf(amount, currency)
    if (minor === null) throw new Error(words.noAmount(amount))
    const filter = `name:${JSON.stringify(name)}`
    const found = await read<Page<Row>>(`/services?${new URLSearchParams({ filter, limit: '50' }).toString()}`)
    const isIt = (row: Row): boolean => String(row['name']).toLowerCase() === name.toLowerCase()
    const service = found.items.find(isIt)
    if (service === undefined) throw new Error(words.noService(name))
    await needField()
    const body = { custom: { [FIELD]: { minor, currency } } }
    await call(`/services/${service.id}`, { method: 'PATCH', body, rev: service.rev ?? null })
  }
  return (
    <>
      <p className="quiet">{has ? words.fieldThere : words.today}</p>
      <TextInput
        className="welcome-short"
        label={words.currency}
        value={currency}
        maxLength={3}
        onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
      />
      <ManyLines
        label={words.label}
        help={words.help}
        placeholder={words.placeholder}
        button={words.add}
        write={write}
        onDone={() => refresh('services')}
      />
      <OtherWays ways={[{ to: '/estate/services', label: words.list }]} />
    </>
  )
}
