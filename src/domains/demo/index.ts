/** The demonstration company "Harbour Works": loaded by one command, removed by another. */
export { loadDemo } from './load.ts'
export type { DemoLoaded, DemoParts, DemoSize } from './load.ts'
export type { Login } from './logins.ts'
export { removeDemo, writtenByPeople } from './remove.ts'
export { removeBeside, writtenBeside } from './remove-beside.ts'
