// The measures behind a duty: value against target and limit, the trend with its table, and the records behind it.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Spark } from '../../chart/spark.tsx'
import { linkTo } from '../../data/link.ts'
import { addressOf, recordNamed, useModel } from '../../data/model.ts'
import { someQuery } from '../../data/queries.ts'
import { dayText, numberText } from '../../fields/format.ts'
import { bridgeWords } from '../../messages/bridge.ts'
import type { Duty, DutyMeasure } from './contract.ts'
import { Mark } from './mark.tsx'

const words = bridgeWords.bridge.duties

export function DutyMeasures({ duty }: { duty: Duty }) {
  return (
    <ul className="plain duty-measures" aria-label={words.open(duty.label)}>
      {duty.measures.map((measure) => (
        <Measure key={measure.id} measure={measure} />
      ))}
    </ul>
  )
}

function Measure({ measure }: { measure: DutyMeasure }) {
  const { value, unit, target, limit, trend } = measure
  const record = recordNamed(useModel(), 'measure')
  const page = record && addressOf(record, `M-${measure.id}`)
  const name = page ? <Link to={page}>{measure.name}</Link> : measure.name
  // A value that somebody entered without a list has its evidence on the page of the measure.
  const behind = measure.list === null ? page && { to: page } : linkTo(measure.list)
  const [first, last] = [trend[0], trend.at(-1)]
  return (
    <li>
      <div className="spread">
        <span>{name}</span>
        <span className="number strong">
          <Mark standing={measure.standing} />
          <span className="hidden-text">{words.standing[measure.standing]}: </span>
          {numberText(value, unit)}
        </span>
      </div>
      <div className="spread small quiet">
        <span className="number">
          {words.target} {numberText(target, unit)} · {words.limit} {numberText(limit, unit)} · {dayText(measure.on)}
        </span>
        {first !== undefined && last !== undefined && (
          <Spark
            values={trend}
            label={words.trendOf(measure.name, trend.length, numberText(first, unit), numberText(last, unit))}
          />
        )}
      </div>
      {measure.definition && <p className="small quiet duty-definition">{measure.definition}</p>}
      <div className="row small">
        {behind ? (
          <Link {...behind}>{words.behind(measure.evidence)}</Link>
        ) : (
          <span className="quiet">{words.behind(measure.evidence)}</span>
        )}
        {trend.length > 1 && (
          <details className="duty-twin">
            <summary>{words.twin}</summary>
            <Twin measure={measure} />
          </details>
        )}
      </div>
    </li>
  )
}

/** The same values with their days, newest first. */
function Twin({ measure }: { measure: DutyMeasure }) {
  const kept = useQuery(
    someQuery('measurements', { filter: `measure:M-${measure.id}`, sort: '-on', limit: '24', fields: 'on,value' }),
  )
  return (
    <table className="facts">
      <thead>
        <tr>
          <th>{words.on}</th>
          <th>{words.value}</th>
        </tr>
      </thead>
      <tbody>
        {(kept.data?.items ?? []).map((row) => (
          <tr key={row.id}>
            <td>{dayText(String(row['on']))}</td>
            <td className="number">{numberText(Number(row['value']), measure.unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
