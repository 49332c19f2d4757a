// English: The first steps.
import { count } from './count.ts'

export const welcome = {
  firstSteps: {
    title: 'First steps',
    about:
      'Six steps to a bridge that shows your own organisation. Skip what can wait; all of it can be changed later.',
    states: { open: 'open', done: 'done', skipped: 'skipped' },
    numbered: (at: number, of: number, title: string) => `Step ${at} of ${of}: ${title}`,
    next: (title: string) => `Go on: ${title}`,
    finish: 'Finish, to the bridge',
    skip: 'Skip this step',
    later: 'Go on later',
    areHere: 'here so far.',
    otherWays: 'Other ways:',
    steps: {
      organisation: {
        title: 'Organisation',
        why: 'Days, weeks and deadlines begin and end in the time zone of the organisation, and reports carry its name.',
      },
      people: {
        title: 'People',
        why: 'Whoever reports something, restores it or answers for it is a person. You lead them, and others rely on them.',
      },
      services: {
        title: 'Services',
        why: 'Services are what people rely on. An incident at one of them shows at once whom it hurts.',
      },
      money: {
        title: 'Money',
        why: 'A budget begins with what things cost today. Last year’s sheet is the best start there is.',
      },
      safeguards: {
        title: 'Safeguards',
        why: 'What is written here is evidence. A backup counts once a restore has proven it: make one, then prove it.',
      },
      connect: {
        title: 'Connections',
        why: 'Mail tells people what waits for them; they sign in where they always do; and this server is watched like every other.',
      },
    },
  },
  lines: {
    written: (n: number) => `${count(n, 'line', 'lines')} written`,
    left: (n: number) => `${count(n, 'line', 'lines')} to go`,
    tooMany: (most: number) => `The first ${most} are written now; for long lists, import a file.`,
  },
  organisation: {
    name: 'Name of the organisation',
    zone: 'Time zone',
    zoneHelp: 'Where most of its people work.',
    financialYear: 'Financial year begins in',
    financialYearHelp: 'On the first of that month. Reports count their financial years from then on.',
    save: 'Save the organisation',
    saved: 'Organisation saved',
    year: 'Free days of the year',
    yearText:
      'Deadlines stand still outside of service hours and on holidays: a calendar says when that is, holidays of your region included.',
    newCalendar: 'New calendar with holidays',
  },
  people: {
    label: 'People, one a line',
    help: 'Name; e-mail; job title. Cells from a sheet can be pasted as they are.',
    placeholder: 'Ana Ferreira; ana@example.com; Service desk',
    add: 'Add these people',
    file: 'Import a file from HR',
    directory: 'Read a directory (LDAP)',
  },
  services: {
    label: 'Services, one a line',
    help: 'Name; what it does. They are live, and you answer for them until you hand them over.',
    placeholder: 'E-mail; Mailboxes and calendars for everybody',
    add: 'Add these services',
    file: 'Import a file',
    level: 'Agree a service level',
  },
  money: {
    today:
      'Budgets and invoices have no place in Pilothouse yet. What it can do today: keep the yearly cost of each service, in lists, filters and exports. The field is added with your first line, and only managers and leads read it.',
    fieldThere: 'Services have a yearly cost. Lines from here replace what stands there.',
    currency: 'Currency',
    label: 'Costs, one service a line',
    help: 'Service; cost of a year. Cells from a sheet can be pasted as they are.',
    placeholder: 'E-mail; 12,500',
    add: 'Write these costs',
    list: 'Open the services',
    field: 'Yearly cost',
    fieldHelp: 'What it costs in a year, licences and contracts included.',
    noAmount: (text: string) => `“${text}” is no amount. Write one such as 12500.`,
    noService: (name: string) => `There is no service “${name}”. Add it in the step before.`,
  },
  connect: {
    mail: 'Mail',
    others: 'Sign-in and monitoring',
    signIn: 'Sign in with your provider',
    tokens: 'A token for your monitoring',
    health: 'What this installation says about itself',
    metrics: 'Figures for Prometheus:',
  },
}
