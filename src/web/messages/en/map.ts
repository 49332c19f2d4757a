// English: Maps.
import { count } from './count.ts'

export const map = {
  map: {
    title: 'Service map',
    list: 'All of it as a list',
    name: 'Name',
    state: 'State',
    standsOn: 'Needs',
    nodes: (n: number) => count(n, 'item', 'items'),
    any: (minimum: number, of: number) => `any ${minimum} of ${of}`,
    anyOf: (minimum: number, of: number, name: string) => `any ${minimum} of ${of}: ${name}`,
  },
}
