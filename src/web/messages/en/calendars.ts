// English: Settings, Calendar feeds.

export const calendars = {
  title: 'Calendar feeds',
  about:
    'What has a date here, in the calendar of your phone or desk: tasks, absences, due times. Choose what it shows, and subscribe to its address there. It shows what you may read, and closes when you end it or leave.',
  name: 'Name',
  usualName: 'Pilothouse',
  shows: 'What it shows',
  none: 'Nothing',
  mine: 'Mine',
  all: 'All that I may read',
  make: 'Make the feed',
  choose: 'Choose at least one kind of record.',
  once: 'Subscribe to this address now: it is not shown again. Whoever has it reads the calendar.',
  address: 'Address of the feed',
  copy: 'Copy',
  copied: 'Copied',
  open: 'Open in the calendar program',
  empty: 'No feeds yet.',
  made: 'Created',
  lastRead: 'Last read',
  never: 'never',
  end: 'End',
  endSure: (name: string) => `End “${name}”? Calendars that show it stop being brought up to date.`,
}
