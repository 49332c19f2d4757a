// English: Values and their editors.
export const values = {
  baseFields: {
    number: 'Ref',
    createdAt: 'Created',
    createdBy: 'Created by',
    updatedAt: 'Updated',
    updatedBy: 'Updated by',
    tags: 'Tags',
  },
  values: {
    empty: 'empty',
    none: 'None',
    yes: 'Yes',
    no: 'No',
    noOne: 'no one',
    hours: 'h',
    minutes: 'min',
    days: 'd',
    more: (n: number) => `+${n}`,
    /** A label within a sentence. */
    inSentence: (label: string) => label.toLowerCase(),
    /** A time as the clocks of the organisation show it. */
    there: (zone: string, time: string) => `In ${zone}: ${time}`,
    /** What a unit is called with exactly one of it. */
    one: { times: 'time', minutes: 'minute', hours: 'hour', days: 'day', months: 'month', years: 'year' } as Record<
      string,
      string
    >,
  },
  tones: { good: 'Good', warn: 'Warning', bad: 'Bad', info: 'Info', hold: 'Waiting', none: 'None' } as Record<
    string,
    string
  >,
  /** Where a change came from. */
  origins: {
    web: 'web',
    api: 'api',
    cli: 'cli',
    import: 'import',
    rule: 'rule',
    system: 'system',
    setup: 'setup',
    'sign-in': 'sign-in',
    directory: 'directory',
    scim: 'scim',
  } as Record<string, string>,
  roles: {
    administrator: 'Administrator',
    manager: 'Manager',
    lead: 'Lead',
    agent: 'Agent',
    requester: 'Requester',
    officer: 'Officer',
    auditor: 'Auditor',
  } as Record<string, string>,
  confidentiality: {
    C0: 'everybody in the organisation',
    C1: 'the team that works on it',
    C2: 'the person and the line manager',
    C3: 'only you, the author',
    C4: 'the review panel',
    C5: 'only the people named in the case; administrators cannot',
    C6: 'only those who handle health matters',
  } as Record<string, string>,
  editor: {
    choose: 'Choose…',
    search: 'Type to search',
    nothing: 'Nothing found',
    amount: 'Amount',
    currency: 'Currency',
    durationHelp: 'For example 1h 30m, 45m or 2d (48 hours)',
    durationWrong: 'Write a time such as 1h 30m.',
    jsonWrong: 'This is not JSON yet',
    numberWrong: 'Write a number.',
    preview: 'Preview',
    write: 'Write',
    addTag: 'Add a tag',
    clear: 'Clear',
    inUnit: (unit: string) => (unit === '%' ? 'In percent.' : `In ${unit}.`),
    anyRecord: (label: string) => `${label}: kind of record`,
    me: 'Me',
    zone: (zone: string) => `Time zone ${zone}`,
    skipped: 'The clocks go forward then and leave out the time you typed: the one shown is taken.',
    twice: 'The clocks go back then and this time comes twice: the first is taken.',
  },
}
