/** The teams of Harbour Works' information systems department. */
import type { SiteCode } from './site-plan.ts'

export type TeamName = 'Service desk' | 'Workplace' | 'Network' | 'Applications' | 'ERP' | 'Plant IT' | 'Security'
export interface TeamPlan {
  readonly name: TeamName
  readonly about: string
  readonly size: number
  readonly lead: string
  readonly jobs: readonly string[]
  readonly sites: readonly SiteCode[]
}
/** Twenty-three people and their manager; a larger company has larger teams. */
export const TEAMS: readonly TeamPlan[] = [
  {
    name: 'Service desk',
    about: 'First contact for everybody; solves about half at once and follows up the rest.',
    size: 6,
    lead: 'Service desk lead',
    jobs: ['Support specialist', 'Support specialist', 'Senior support specialist'],
    sites: ['HAM', 'BHV', 'GDN', 'PRT'],
  },
  {
    name: 'Workplace',
    about: 'Notebooks, printers, mobile devices, meeting rooms.',
    size: 4,
    lead: 'Workplace lead',
    jobs: ['Workplace engineer', 'Field technician'],
    sites: ['BHV', 'GDN', 'PRT', 'HAM'],
  },
  {
    name: 'Network',
    about: 'Local networks, Wi-Fi, lines between the sites, telephony.',
    size: 3,
    lead: 'Network lead',
    jobs: ['Network engineer', 'Hardware engineer'],
    sites: ['BHV', 'HAM', 'GDN'],
  },
  {
    name: 'Applications',
    about: 'Business applications beside ERP, databases, integration.',
    size: 3,
    lead: 'Applications lead',
    jobs: ['Software developer', 'Systems analyst'],
    sites: ['HAM', 'GDN', 'PRT'],
  },
  {
    name: 'ERP',
    about: 'The ERP system with its modules and interfaces.',
    size: 3,
    lead: 'ERP lead',
    jobs: ['ERP analyst', 'ERP developer'],
    sites: ['HAM', 'BHV', 'GDN'],
  },
  {
    name: 'Plant IT',
    about: 'MES, machine data, terminals, scanners and labels on the shop floor.',
    size: 3,
    lead: 'Plant IT lead',
    jobs: ['Plant systems engineer', 'Automation engineer'],
    sites: ['BHV', 'GDN', 'PRT'],
  },
  {
    name: 'Security',
    about: 'Identities, protection, vulnerabilities, awareness.',
    size: 1,
    lead: 'Security officer',
    jobs: ['Security analyst'],
    sites: ['HAM'],
  },
]
