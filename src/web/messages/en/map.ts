// English: Maps.
import { count } from './count.ts'

export const map = {
  map: {
    title: 'Map',
    list: 'As a list',
    show: 'As a map',
    all: 'Everything',
    hops: 'Steps',
    empty: 'Nothing is connected yet.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Fit all',
    level: 'Level',
    name: 'Name',
    state: 'State',
    standsOn: 'Needs',
    nodes: (n: number) => count(n, 'item', 'items'),
  },
}
