// English: Settings, Webhooks.

export const webhooks = {
  title: 'Webhooks',
  about:
    'What happens here, told to another program: a signed message with ids and addresses, never with what a record says. The program reads the rest by the API, with its own rights.',
  name: 'Name',
  url: 'Address',
  events: 'Events',
  eventNames: { created: 'Created', changed: 'Changed', moved: 'Moved to another state', removed: 'Put into the bin', commented: 'Commented' } as Record<string, string>, // oxfmt-ignore
  make: 'Make the webhook',
  once: 'Give this secret to the other program now: it is not shown again. With it the program knows that a message comes from here.',
  secret: 'Secret',
  empty: 'No webhooks yet.',
  state: 'State',
  isOn: 'On',
  isOff: 'Off',
  deeds: 'What can be done',
  test: 'Test',
  tested: 'A test message is on its way; see the log',
  log: 'Log',
  noLog: 'Nothing was sent yet.',
  on: 'Switch on',
  off: 'Switch off',
  remove: 'Remove',
  removeSure: (name: string) => `Remove “${name}” with its log?`,
  message: 'Message',
  states: { queued: 'Waits', sending: 'Being sent', delivered: 'Delivered', failed: 'Failed', held: 'Held', discarded: 'Discarded' }, // oxfmt-ignore
  failing: (since: string, next: string) => `Not reached: began ${since}, tried again ${next}`,
  held: (n: number, name: string) =>
    `${n === 1 ? '1 message' : `${n} messages`} to “${name}” waited when a backup was restored, and may have been sent since.`,
  sendHeld: 'Send them',
  discardHeld: 'Discard them',
  answer: 'Answer',
  tries: 'Tries',
  at: 'Written',
  next: 'Next try',
  again: 'Send again',
}
