// German: Maps.
import type { map as english } from '../en/map.ts'
import { count } from './count.ts'

export const map: typeof english = {
  map: {
    title: 'Servicelandkarte',
    list: 'Alles als Liste',
    name: 'Name',
    state: 'Status',
    standsOn: 'Braucht',
    nodes: (n) => count(n, 'Element', 'Elemente'),
    any: (minimum, of) => `${minimum} von ${of} genügt`,
    anyOf: (minimum, of, name) => `${minimum} von ${of} genügt: ${name}`,
  },
}
