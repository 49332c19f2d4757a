/** The commands of the command line. */
import { declareLossCommand, proveCommand, verifyCommand } from './audit.ts'
import { backupCommand, dueBackupsCommand, listBackupsCommand, proveBackupCommand } from './backup/commands.ts'
import { archiveBaseCommand, archiveCommand } from './archive/commands.ts'
import { moveCommand, restoreCommand } from './backup/restore-command.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { start } from './start.ts'
import { importCommand } from './import-command.ts'
import { exportCommand } from './transfer.ts'
import { tokenCreate, userAdd } from './accounts.ts'

export interface Command {
  readonly name: string
  readonly about: string
  /** @returns the exit code */
  readonly run: (words: readonly string[]) => Promise<number>
}

export const commands: readonly Command[] = [
  { name: 'start', about: 'Start the server (--demo: with the demonstration company).', run: start },
  {
    name: 'demo',
    about: 'Load the demonstration company, or remove every trace: demo load [--scale 100000], demo remove [--yes]',
    run: demoCommand,
  },
  {
    name: 'import',
    about: 'Read a file into records: import incident log.csv [--mapping …] [--dry-run]; import undo IMP-3',
    run: importCommand,
  },
  {
    name: 'export',
    about: 'Write a view to a file: export incident --filter "status:new" --format xlsx --out new.xlsx',
    run: exportCommand,
  },
  { name: 'user add', about: 'Add a person who signs in: --email … --name … --role … --password-stdin', run: userAdd },
  {
    name: 'token create',
    about: 'Make an API token and print it: --email … [--name …] [--days 90]',
    run: tokenCreate,
  },
  {
    name: 'audit verify',
    about: 'Check the whole journal against its checkpoints, and every row against the journal. --rows only|off',
    run: verifyCommand,
  },
  { name: 'audit prove', about: 'Print the proof of one journal entry: audit prove <id>', run: proveCommand },
  {
    name: 'audit declare-loss',
    about: 'Say in the journal that entries were lost on purpose, after an older state was put back: --reason "…"',
    run: declareLossCommand,
  },
  {
    name: 'backup prove',
    about: 'Restore a backup into a scratch server and check it: backup prove [FILE]',
    run: proveBackupCommand,
  },
  { name: 'backup list', about: 'Backups of the usual place, newest first.', run: listBackupsCommand },
  { name: 'backup due', about: 'Make, prove and remove what the schedule asks for now.', run: dueBackupsCommand },
  {
    name: 'backup',
    about: 'Back up while running: backup [--to FOLDER or s3://bucket/prefix] [--encrypt]',
    run: backupCommand,
  },
  {
    name: 'archive base',
    about: 'Copy the whole embedded database into the archive now; the schedule does it by itself.',
    run: archiveBaseCommand,
  },
  { name: 'archive', about: 'Say which moments can be brought back.', run: archiveCommand },
  {
    name: 'restore',
    about:
      'Put a backup in place: restore FILE --into-empty or --replace; restore --to-time 2026-11-22T01:23:45Z --replace; restore --drop-previous',
    run: restoreCommand,
  },
  {
    name: 'move',
    about: 'Move to another database and check it: move --to postgres://… or --to embedded [--replace]',
    run: moveCommand,
  },
  {
    name: 'doctor',
    about: 'Say how the installation is, and what to do; also when nothing runs. Changes nothing; exit 1: act now.',
    run: doctorCommand,
  },
]
