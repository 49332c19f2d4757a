// English: what waits on this device, looked at.

export const outbox = {
  title: 'What waits to be sent',
  about: 'They are sent by themselves, once each, when the server can be reached.',
  none: 'Nothing waits.',
  written: (when: string) => `written ${when}`,
  changed: 'The record has changed since you read it. Look whether your comment still fits.',
  changedMove: 'The record has changed since you read it. Look whether this move still fits.',
  discardMove: (number: string, move: string) => `Discard “${move}” on ${number}`,
  tryNow: 'Try now',
  sendAnyway: (number: string) => `Send to ${number} as it is now`,
  discard: (number: string) => `Discard the comment on ${number}`,
}
