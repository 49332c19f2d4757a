// English: Forms, import, signing in.
import { count } from './count.ts'

export const form = {
  form: {
    create: (label: string) => `New ${label}`,
    save: (label: string) => `Create ${label}`,
    created: (number: string) => `${number} created`,
    another: 'Create another',
    cancel: 'Cancel',
    other: 'More',
    required: 'This is needed.',
    wrong: (n: number) => `${count(n, 'field needs', 'fields need')} your attention`,
    readers: (who: string) => `Who can read this: ${who}`,
    show: 'Show optional fields',
    hide: 'Hide optional fields',
    hints: 'What may help',
    leave: 'What you typed is not saved. Leave anyway?',
  },
  sign: {
    email: 'E-mail',
    password: 'Password',
    setupTitle: 'Set up Pilothouse',
    setupText: 'You become the first administrator. This link works once.',
    name: 'Your name',
    organisation: 'Organisation',
    zone: 'Time zone',
    passwordHelp: 'At least 12 characters; a few words are best.',
    setup: 'Create the administrator',
    ready: 'Everything is ready.',
  },
}
