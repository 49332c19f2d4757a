// English: Newer versions, and comments that wait to be sent.
import { count } from './count.ts'

export const offline = {
  bars: {
    newer: 'A newer version of Pilothouse is here.',
    take: 'Use it now',
    waiting: (n: number) => `${count(n, 'comment waits', 'comments wait')} to be sent.`,
    held: (n: number) => `${count(n, 'comment needs', 'comments need')} you before it can be sent.`,
    /** Where moves wait among them. */
    mixed: {
      waiting: (n: number) => `${count(n, 'change waits', 'changes wait')} to be sent.`,
      held: (n: number) => `${count(n, 'change needs', 'changes need')} you before it can be sent.`,
    },
    look: 'Look',
    /** For administrators: lines of the health page that need somebody now. */
    urgent: (name: string, todo: string) => `${name}: ${todo}`,
    more: (n: number) => `And ${count(n, 'line', 'lines')} more.`,
    health: 'Open Health',
    hide: 'Hide',
    unsent: (n: number) =>
      `${count(n, 'comment has', 'comments have')} not been sent and would be lost. Send or discard first, then sign out.`,
  },
  outbox: {
    sent: (number: string) => `Your comment on ${number} was sent.`,
    moved: (number: string, move: string) => `${number}: “${move}” was sent.`,
    doubtful: 'It was sent more than a day ago and never answered. Look whether it is there already.',
  },
}
