/** What `pilothouse <command> --help` prints: how a command is used, its options and one example. */
import type { Command } from './commands.ts'

export interface Help {
  /** What stands behind the name of the command. */
  readonly use: string
  /** Option → what it does; "FILE" and the like stand for values. */
  readonly options: Readonly<Record<string, string>>
  readonly example: string
}
const QUIET = { '--quiet': 'Without progress.' }

export const HELP: Readonly<Record<string, Help>> = {
  start: {
    use: '[--role ROLES] [--no-web] [--demo [--scale N]]',
    options: {
      '--role ROLES': 'What this process does: web, worker, probe, separated by commas.',
      '--no-web': 'Without the web application; the API alone.',
      '--demo': 'With the demonstration company.',
      '--scale N': 'So many incidents in the demonstration company.',
    },
    example: 'start --demo',
  },
  demo: {
    use: 'load [--scale N] | remove [--yes]',
    options: {
      '--scale N': 'So many incidents, from 100 to 10000000.',
      '--yes': 'Without asking, also when people have written in it.',
    },
    example: 'demo load --scale 100000',
  },
  import: {
    use: 'RECORD FILE [options] | undo IMP-N | problems IMP-N [--out FILE] | rejected IMP-N [--out FILE]',
    options: {
      '--mapping NAME': 'A ready mapping by its name, or one of your own as FILE.json; found out unless said.',
      '--known-only': 'Rows name only persons, teams and the like that are here; none is made for them.',
      '--encoding NAME': 'That of the text, such as windows-1252; found out unless said.',
      '--separator SIGN': 'Between the cells of a line, or the word tab; found out unless said.',
      '--sheet NAME': 'Of a workbook; the first one unless said.',
      '--dry-run':
        'Only check; nothing is written. With --out FILE.json the mapping that was taken is written there, to edit.',
      '--out FILE': 'Where problems or rejected rows are written; to the screen unless said.',
    },
    example: 'import incident log.csv --mapping "ServiceNow incident event log" --dry-run',
  },
  export: {
    use: 'RECORD [options]',
    options: {
      '--filter TEXT': 'Conditions, as in the list.',
      '--sort FIELDS': 'The order, as in the list: -openedAt.',
      '--q WORDS': 'Words that it holds.',
      '--fields NAMES': 'The columns, separated by commas.',
      '--format NAME': 'csv, xlsx or jsonl; csv unless said.',
      '--out FILE': 'Where to write it.',
    },
    example: 'export incident --filter "status:new" --format xlsx --out new.xlsx',
  },
  'user add': {
    use: '--email ADDRESS --password-stdin [options]',
    options: {
      '--email ADDRESS': 'By which they sign in.',
      '--name NAME': 'What they are called.',
      '--role ROLE': 'administrator, manager, lead, agent, requester, officer or auditor; requester unless said.',
      '--organisation NAME': 'Of the first person: what the organisation is called.',
      '--time-zone ZONE': 'Of the first person: the zone of the organisation, such as Europe/Berlin.',
      '--password-stdin': 'The password comes on standard input.',
    },
    example: 'user add --email ada@example.org --name "Ada" --role administrator --password-stdin < password.txt',
  },
  'token create': {
    use: '--email ADDRESS [options]',
    options: {
      '--email ADDRESS': 'Of the person that it speaks for.',
      '--name NAME': 'What it is for.',
      '--days N': 'How long it lives, 1 to 366; 90 unless said.',
    },
    example: 'token create --email ada@example.org --name reports --days 90',
  },
  'audit verify': {
    use: '[--rows only|off]',
    options: {
      '--rows WHAT': 'only: compare nothing but rows with the journal; off: leave that out. Both are done unless said.',
    },
    example: 'audit verify --rows off',
  },
  'audit prove': { use: 'ID', options: {}, example: 'audit prove 01a201d5-3dcb-7000-aab4-391219e60f8d > proof.json' },
  'audit declare-loss': {
    use: '--reason TEXT',
    options: { '--reason TEXT': 'Why entries were lost on purpose; it stands in the journal.' },
    example: 'audit declare-loss --reason "Yesterday\'s backup was put back after the fire."',
  },
  'backup prove': { use: '[FILE]', options: QUIET, example: 'backup prove' },
  'backup list': { use: '', options: {}, example: 'backup list' },
  'backup due': { use: '', options: {}, example: 'backup due' },
  backup: {
    use: '[options]',
    options: {
      '--to PLACE': 'A folder, or s3://bucket/prefix; the usual place unless said.',
      '--encrypt': 'With the passphrase of PILOTHOUSE_BACKUP_PASSPHRASE.',
      '--plain': 'Not encrypted, although there is a passphrase.',
      ...QUIET,
    },
    example: 'backup --to /mnt/backups --encrypt',
  },
  'archive base': { use: '', options: QUIET, example: 'archive base' },
  archive: { use: '', options: {}, example: 'archive' },
  restore: {
    use: 'FILE --into-empty | FILE --replace | --to-time MOMENT --replace | --drop-previous',
    options: {
      '--into-empty': 'Nothing is there yet.',
      '--replace': 'What is there is kept beside.',
      '--to-time MOMENT': 'To this moment, out of the archive: 2026-11-22T01:23:45Z.',
      '--trial': 'With --to-time: only see whether it would work.',
      '--reason TEXT': 'Why; it stands in the journal.',
      '--drop-previous': 'Remove what an earlier restore has kept.',
      ...QUIET,
    },
    example: 'restore pilothouse-2026-11-22.backup --replace',
  },
  move: {
    use: '--to ADDRESS [options]',
    options: {
      '--to ADDRESS': 'postgres://…, or embedded. One with a password goes into the variable PILOTHOUSE_MOVE_TO.',
      '--replace': 'Also when something is there; it is kept beside.',
      ...QUIET,
    },
    example: 'move --to embedded',
  },
  doctor: { use: '', options: {}, example: 'doctor' },
}

/** @throws when a command says nothing about itself */
export function helpOf({ name, about }: Pick<Command, 'name' | 'about'>): string {
  const help = HELP[name]
  if (help === undefined) throw new Error(`The command ${name} has no help: write it into src/main/help.ts.`)
  const options = { ...help.options, '--json': 'Output that programs read.' }
  const width = Math.max(...Object.keys(options).map((option) => option.length)) + 2
  return [
    `pilothouse ${name} ${help.use}`.trim(),
    '',
    about,
    '',
    ...Object.entries(options).map(([option, said]) => `  ${option.padEnd(width)}${said}`),
    '',
    `Example: pilothouse ${help.example}`,
  ].join('\n')
}
