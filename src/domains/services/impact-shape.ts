/** What impact and the map of services answer. */
import { among, listOf, NUMBER, REF, REF_OR_NULL, shape, shapeOf, TEXT, WHOLE, YES_NO } from '#kit/routes/shape.ts'
import type { Affected, Impact } from './impact-routes.ts'
import type { MapNode, ServiceMap } from './service-map.ts'

const AFFECTED = shapeOf<Affected>({
  service: REF,
  kind: TEXT,
  criticality: TEXT,
  status: TEXT,
  depth: WHOLE,
  via: REF_OR_NULL,
  because: TEXT,
})
export const IMPACT = shapeOf<Impact>({
  sources: listOf(REF),
  affected: listOf(AFFECTED),
  total: WHOLE,
  people: shape({ reported: WHOLE }),
})
const NODE = shapeOf<MapNode>({
  id: WHOLE,
  number: TEXT,
  title: TEXT,
  kind: TEXT,
  status: TEXT,
  x: NUMBER,
  y: NUMBER,
  state: among('good', 'warn', 'bad'),
  openIncidents: WHOLE,
})
export const SERVICE_MAP = shapeOf<ServiceMap>({
  nodes: listOf(NODE),
  edges: listOf(
    shapeOf<ServiceMap['edges'][number]>(
      { from: WHOLE, to: WHOLE, via: listOf(shape({ x: NUMBER, y: NUMBER })) },
      { group: TEXT },
    ),
  ),
  groups: listOf(
    shapeOf<ServiceMap['groups'][number]>({ service: WHOLE, name: TEXT, minimum: WHOLE, members: listOf(WHOLE) }),
  ),
  isCut: YES_NO,
})
