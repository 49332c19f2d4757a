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
  const name = record ? <Link to={addressOf(record, `M-${measure.id}`)}>{measure.name}</Link> : measure.name
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
        {measure.list === null ? (
          <span className="quiet">{words.behind(measure.evidence)}</span>
        ) : (
          <Link {...linkTo(measure.list)}>{words.behind(measure.evidence)}</Link>
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
