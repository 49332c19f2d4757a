// The values of a measure over time against target and limit, as a chart and as a table, and the form that enters one.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { OverTime } from '../../chart/over-time.tsx'
import { linkTo } from '../../data/link.ts'
import type { Row } from '../../data/contract.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { someQuery } from '../../data/queries.ts'
import { dayText, numberText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { State } from '../../ui/state.tsx'
import type { PanelProps } from '../panels.ts'
import { EnterValue } from './enter-value.tsx'
import { boundsOf, standingOf, type Bounds } from './standing.ts'

const words = messages.measures
const tones = { good: 'good', watch: 'warn', bad: 'bad' } as const

export function Panel({ row }: PanelProps) {
  const record = recordNamed(useModel(), 'measurement')
  const kept = useQuery(
    someQuery('measurements', {
      filter: `measure:${row.number}`,
      sort: '-on',
      limit: '200',
      fields: 'on,value,evidence,list',
    }),
  )
  const bounds = boundsOf(row)
  const newest = kept.data?.items ?? []
  const unit = String(row['unit'] ?? '')
  const name = String(row['name'] ?? row.number)
  const isComputed = typeof row['source'] === 'string' && row['source'] !== ''
  if (kept.error) return <p className="error-text">{sentenceOf(kept.error)}</p>
  if (!kept.data) return <p className="quiet">{messages.list.loading}</p>
  const [first, last] = [newest.at(-1), newest[0]]
  const label = first && last ? words.chart(name, newest.length, dayText(dayOf(first)), dayText(dayOf(last))) : ''
  return (
    <>
      {newest.length === 0 && (
        <p className="quiet">
          {words.none} {isComputed ? words.computed : words.byHand}
        </p>
      )}
      {newest.length > 0 && (
        <OverTime
          label={label}
          unit={unit}
          points={newest.map((one) => ({ on: dayOf(one), value: Number(one['value']) })).toReversed()}
          lines={[
            { name: words.target, value: bounds.target, tone: 'good' },
            { name: words.limit, value: bounds.limit, tone: 'bad' },
          ]}
        />
      )}
      {newest.length > 0 && <Twin rows={newest} bounds={bounds} unit={unit} />}
      {record?.can.create && !isComputed && <EnterValue measure={row} unit={unit} known={newest} />}
    </>
  )
}

function dayOf(row: Row): string {
  return String(row['on'] ?? '')
}

function Twin({ rows, bounds, unit }: { rows: readonly Row[]; bounds: Bounds; unit: string }) {
  return (
    <details open={rows.length < 13}>
      <summary className="small">{words.table}</summary>
      <div className="scroll-x">
        <table className="facts">
          <thead>
            <tr>
              <th>{words.on}</th>
              <th>{words.value}</th>
              <th>{words.standing}</th>
              <th>{words.evidence}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const standing = standingOf(Number(row['value']), bounds)
              const said = words.records(Number(row['evidence'] ?? 0))
              const list = typeof row['list'] === 'string' && row['list'].startsWith('/') ? row['list'] : null
              return (
                <tr key={row.id}>
                  <td className="number">{dayText(dayOf(row))}</td>
                  <td className="number">{numberText(Number(row['value']), unit)}</td>
                  <td>
                    <State tone={tones[standing]}>{words.standings[standing]}</State>
                  </td>
                  <td>{list === null ? said : <Link {...linkTo(list)}>{said}</Link>}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </details>
  )
}
