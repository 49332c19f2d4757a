// Whom it reaches, as a box on the page of an incident or a service.
import { Link } from '@tanstack/react-router'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import type { PanelProps } from '../panels.ts'
import { ImpactOf } from './impact.tsx'

export function Panel({ record, row }: PanelProps) {
  const service = record.name === 'service' ? row.number : isRef(row['service']) ? row['service'].number : null
  return (
    <>
      <ImpactOf plural={record.plural} number={row.number} />
      {service !== null && (
        <p className="small impact-map">
          <Link to={`/estate/map/${service}`}>{messages.impact.map}</Link>
        </p>
      )}
    </>
  )
}
