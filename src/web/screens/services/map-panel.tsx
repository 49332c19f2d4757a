// The map as a tab on a service's page.
import type { PanelProps } from '../panels.ts'
import { ServiceMap } from './service-map.tsx'

export function Panel({ row }: PanelProps) {
  return <ServiceMap number={row.number} isInside />
}
