/** Sentences of the daily work at the desk. */
import type { TeamName } from './team-plan.ts'

export const desk = {
  withdrawals: [
    'It works again, thank you.',
    'Was my own mistake, please close.',
    'Found the answer on the intranet.',
    'Reported twice by mistake.',
    'A colleague could help me.',
  ],
  handOvers: [
    'Needs rights that the service desk does not have.',
    'Looks like a fault of the application, please take over.',
    'Hands needed on site.',
    'Checked cable and device; it is in the network.',
    'Known topic of your team, see last month.',
  ],
  reopenings: [
    'It is back since this morning.',
    'Worked for a day, now the same message again.',
    'Only half of it works.',
    'Sorry, the other computer still has it.',
  ],
  secondFixes: [
    'After it came back the cause was found: a second device had the same setting. Changed there as well.',
    'Came back after a restart; made permanent now.',
    'The change had not reached all sites. Done for all now.',
  ],
  secondLevel: ['Workplace', 'Network', 'Applications', 'Plant IT'] as readonly TeamName[],
  waits: {
    requester: [
      'Asked for the exact message.',
      'Requester is on the road until then.',
      'Waiting for an appointment.',
      'Please try and answer.',
    ],
    supplier: [
      'Handed over to the supplier.',
      'Spare part ordered.',
      'Fault report to the carrier.',
      'Support case with the maker.',
    ],
    change: ['Goes in with the next maintenance window.', 'Needs the change of Thursday night.'],
    other: ['Waiting for the approval of the owner.', 'Room is occupied until then.'],
  } as Readonly<Record<string, readonly string[]>>,
  questions: [
    'Could you send me a picture of the message?',
    'Since when does it happen, and does a colleague have it as well?',
    'I would like to look at it together. When does it suit you?',
    'Please restart once and tell me whether it is still there.',
    'Which computer is it? The number is on the sticker at the bottom.',
  ],
  answers: [
    'Since yesterday afternoon. My colleague next to me has it as well.',
    'Picture is attached to my mail. It is the same as last week.',
    'Restarted, it is still there.',
    'Tomorrow between nine and ten is fine.',
    'It is urgent for us, the customer waits.',
    'Thank you, I will try it after the meeting.',
  ],
  internals: [
    'Same as in the incident of last week, see the resolution there.',
    'Log shows a timeout towards the database. Asked the colleagues to look.',
    'Supplier confirms the fault and promises a fix by the end of the week.',
    'Tried a new profile: no change. Next step is another device.',
    'Called, nobody there. Try again after lunch.',
  ],
  thanks: ['Works again, thank you for the quick help!', 'Thank you, solved.', 'Great, it runs.'],
  works: [
    'Analysis',
    'Call with the requester',
    'On site',
    'Remote session',
    'Configuration',
    'Test with the requester',
    'Call with the supplier',
    'Documentation',
  ],
  praises: [
    'Friendly and quick.',
    'Solved on the telephone, great.',
    'Very competent.',
    'Thank you!',
    'Explained so that I understood it.',
  ],
  complaints: [
    'It took too long.',
    'I had to explain it three times.',
    'Nobody told me that it was solved.',
    'The printer jams again, to be honest.',
    'Should not happen every month.',
  ],
} as const
