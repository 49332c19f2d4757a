/** What must happen again and again at Harbour Works, and what it decided to do better. */
import type { TeamName } from './team-plan.ts'

export interface ObligationPlan {
  readonly subject: string
  readonly rule: string
  readonly leadDays: number
  readonly duty: string
  readonly team: TeamName
  readonly note: string
  /** Part of its tasks that were done in time. */
  readonly kept: number
  readonly results: readonly string[]
}
export const OBLIGATIONS: readonly ObligationPlan[] = [
  {
    subject: 'Restore test of the ERP database',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=12',
    leadDays: 7,
    duty: '7',
    team: 'Applications',
    kept: 0.92,
    note: 'Restore the copy of last night onto the test server, start ERP on it, compare the number of orders.',
    results: [
      'Restored in 74 minutes; orders agree.',
      'Restored in 81 minutes; orders agree.',
      'First try failed (tape drive), second one good in 95 minutes.',
    ],
  },
  {
    subject: 'Restore test of a file server',
    rule: 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20',
    leadDays: 7,
    duty: '7',
    team: 'Workplace',
    kept: 0.9,
    note: 'Ten files of three departments, chosen by the department.',
    results: ['Ten of ten files restored.', 'Nine of ten; one had been deleted before the copy.'],
  },
  {
    subject: 'Review of access rights in ERP',
    rule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15',
    leadDays: 14,
    duty: '7',
    team: 'ERP',
    kept: 0.78,
    note: 'Heads of department confirm the roles of their people; what is not confirmed ends.',
    results: [
      'Confirmed by all heads; 14 roles ended.',
      'Two departments answered late; 31 roles ended.',
      'Confirmed by all heads; 9 roles ended.',
    ],
  },
  {
    subject: 'Review of administrator accounts',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=5',
    leadDays: 5,
    duty: '7',
    team: 'Security',
    kept: 0.96,
    note: 'Every account with administrator rights has an owner and a reason.',
    results: ['All accounts with owner; one reason renewed.', 'One account without owner disabled.'],
  },
  {
    subject: 'Test of the battery supplies',
    rule: 'FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=18',
    leadDays: 21,
    duty: '10',
    team: 'Plant IT',
    kept: 0.5,
    note: 'Every server room; with load for ten minutes.',
    results: ['All good but Porto: battery exchanged.'],
  },
  {
    subject: 'Patches of servers checked',
    rule: 'FREQ=WEEKLY;BYDAY=FR',
    leadDays: 2,
    duty: '10',
    team: 'Applications',
    kept: 0.9,
    note: 'Servers without the patches of the month are listed and get a date.',
    results: ['All but two servers patched.', 'All patched.', 'Four servers wait for the maintenance window.'],
  },
  {
    subject: 'Emergency exercise: ERP not available',
    rule: 'FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=24',
    leadDays: 30,
    duty: '7',
    team: 'ERP',
    kept: 0.7,
    note: 'One plant works half a day with the emergency lists.',
    results: ['Bremerhaven worked with the lists from 9 to 12; three lists were old and are renewed.'],
  },
  {
    subject: 'Talks about goals with every member of the team',
    rule: 'FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=10',
    leadDays: 21,
    duty: '1',
    team: 'Service desk',
    kept: 0.85,
    note: 'Each lead with each member; results stay with the two of them.',
    results: ['All talks held.'],
  },
  {
    subject: 'Safety instruction of the IT staff',
    rule: 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8',
    leadDays: 14,
    duty: '3',
    team: 'Workplace',
    kept: 0.9,
    note: 'Ladders, server rooms, extinguishing gas.',
    results: ['22 of 24 took part; two follow.'],
  },
  {
    subject: 'Budget talk with finance',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=22',
    leadDays: 5,
    duty: '8',
    team: 'Applications',
    kept: 0.93,
    note: 'Plan against actual, reasons, outlook.',
    results: ['On plan.', 'Licences 4 % above plan; explained.'],
  },
  {
    subject: 'Audit of one application',
    rule: 'FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=2',
    leadDays: 21,
    duty: '5',
    team: 'Security',
    kept: 0.75,
    note: 'Rights, logs, interfaces, copies of one application chosen by risk.',
    results: ['Warehouse management: two findings, both with actions.', 'CAD and PLM: one finding.'],
  },
  {
    subject: 'Report to the board',
    rule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25',
    leadDays: 7,
    duty: '12',
    team: 'Service desk',
    kept: 1,
    note: 'Service levels, risks, money, plans on two pages.',
    results: ['Presented.'],
  },
]

export interface ActionPlan {
  readonly subject: string
  readonly because: string
  readonly duty: string
  readonly team: TeamName
  readonly daysAgo: number
  readonly days: number
  readonly end: 'open' | 'done' | 'effective' | 'ineffective'
  readonly result: string
  readonly effect: string
}
export const ACTIONS: readonly ActionPlan[] = [
  {
    subject: 'Further access points in Hala 1 and Hala 2',
    because:
      'Wi-Fi incidents of Gdańsk have more than doubled within ten months; measured use of the radio cells is above 80 % at the change of shifts.',
    duty: '10',
    team: 'Network',
    daysAgo: 48,
    days: 90,
    end: 'open',
    result: '',
    effect: '',
  },
  {
    subject: 'Printer drivers are tested with patches before they go out',
    because: 'After the patches of one Wednesday print jobs failed for nine days at all sites.',
    duty: '11',
    team: 'Workplace',
    daysAgo: 228,
    days: 60,
    end: 'effective',
    result: 'Four printers of each model are in the pilot group of software distribution.',
    effect: 'No print fault after patches in three months.',
  },
  {
    subject: 'New passwords by self-service',
    because: 'One incident in nine is an expired or locked password.',
    duty: '6',
    team: 'Service desk',
    daysAgo: 160,
    days: 75,
    end: 'ineffective',
    result: 'Page on the intranet, announced twice.',
    effect: 'Only 12 % use it; people on the shop floor cannot reach the intranet. Terminals need the page.',
  },
  {
    subject: 'Password page on the shop-floor terminals',
    because: 'Self-service does not reach the people who need it most.',
    duty: '6',
    team: 'Plant IT',
    daysAgo: 40,
    days: 60,
    end: 'open',
    result: '',
    effect: '',
  },
  {
    subject: 'Service desk starts at 06:00 for the early shift',
    because: 'Between 06:00 and 07:00 reports of the plants wait 55 minutes in the median.',
    duty: '4',
    team: 'Service desk',
    daysAgo: 300,
    days: 45,
    end: 'effective',
    result: 'Rota changed with the works council.',
    effect: 'Median of the hour is 14 minutes.',
  },
  {
    subject: 'ERP supplier answers P2 within the agreed two days',
    because: 'Seven of 22 supplier cases of the quarter were late.',
    duty: '8',
    team: 'ERP',
    daysAgo: 75,
    days: 50,
    end: 'done',
    result: 'Talk with the supplier; named contact and weekly list.',
    effect: '',
  },
  {
    subject: 'Second person for every service of Plant IT',
    because: 'MES Gdańsk is known to one person only; during her leave three incidents were late.',
    duty: '2',
    team: 'Plant IT',
    daysAgo: 110,
    days: 150,
    end: 'open',
    result: '',
    effect: '',
  },
  {
    subject: 'Knowledge articles for the ten most frequent faults',
    because: 'The same twenty resolutions make up a third of all.',
    duty: '9',
    team: 'Service desk',
    daysAgo: 66,
    days: 55,
    end: 'open',
    result: '',
    effect: '',
  },
]
