// English: the demonstration company beside one's own data.
import { numberText } from '../../fields/format.ts'
import { count } from './count.ts'

export const demo = {
  look: 'Look at it filled',
  about:
    'Harbour Works makes winches and cranes: 160 people and two years of history. To be looked at, tried and thrown away.',
  onlyAdministrators: 'Administrators can bring it in and take it away.',
  beside:
    'It comes beside your own data, as an organisation of its own. Neither sees the other: nothing of yours is changed, counted or sent, and nobody but administrators can look at it.',
  isWhole: 'This whole installation is the demonstration. Whoever runs it takes it away with: pilothouse demo remove.',
  bring: 'Bring in the demonstration',
  coming: 'Harbour Works is on its way',
  told: (n: number, of: number) => `${numberText(n)} of ${numberText(of)} incidents told`,
  leaving: 'Harbour Works is being taken away',
  failed: 'It did not work:',
  again: 'Try again',
  isHere: 'Harbour Works is here.',
  visit: 'Look at it',
  leave: 'Back to your own data',
  bar: 'You are looking at the demonstration, Harbour Works. Nothing here is your own data.',
  takeAway: 'Take the demonstration away',
  goes: (n: number) =>
    `Harbour Works goes, with all of its ${numberText(n)} records and everything that was done there. Your own data stays as it is.`,
  written: (n: number) => `${count(n, 'record', 'records')} that people wrote there since go with it:`,
  sure: 'Take all of this away',
  gone: 'The demonstration is gone',
  guide: 'What the guide says about it',
}
