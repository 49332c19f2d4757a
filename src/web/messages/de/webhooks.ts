// German: Settings, Webhooks.
import type { webhooks as english } from '../en/webhooks.ts'

export const webhooks: typeof english = {
  title: 'Webhooks',
  about:
    'Was hier geschieht, einem anderen Programm gesagt: eine unterschriebene Nachricht mit Nummern und Adressen, nie mit dem Inhalt eines Datensatzes. Den Rest liest das Programm über die API, mit seinen eigenen Rechten.',
  name: 'Name',
  url: 'Adresse',
  events: 'Ereignisse',
  eventNames: { created: 'Angelegt', changed: 'Geändert', moved: 'Status geändert', removed: 'In den Papierkorb gelegt', commented: 'Kommentiert' }, // oxfmt-ignore
  make: 'Webhook anlegen',
  once: 'Geben Sie dieses Geheimnis jetzt dem anderen Programm: Es wird nicht wieder gezeigt. Daran erkennt das Programm, dass eine Nachricht von hier kommt.',
  secret: 'Geheimnis',
  empty: 'Noch keine Webhooks.',
  state: 'Status',
  isOn: 'An',
  isOff: 'Aus',
  deeds: 'Was möglich ist',
  test: 'Testen',
  tested: 'Eine Testnachricht ist unterwegs; sehen Sie ins Protokoll',
  log: 'Protokoll',
  noLog: 'Noch wurde nichts gesendet.',
  on: 'Einschalten',
  off: 'Ausschalten',
  remove: 'Entfernen',
  removeSure: (name) => `„${name}“ mit seinem Protokoll entfernen?`,
  message: 'Nachricht',
  states: { queued: 'Wartet', sending: 'Wird gesendet', delivered: 'Zugestellt', failed: 'Gescheitert', held: 'Zurückgehalten', discarded: 'Verworfen' }, // oxfmt-ignore
  failing: (since, next) => `Nicht erreicht (${since}), nächster Versuch ${next}`,
  held: (n, name) =>
    `${n === 1 ? '1 Nachricht' : `${n} Nachrichten`} an „${name}“ ${n === 1 ? 'wartete' : 'warteten'}, als eine Sicherung eingespielt wurde, und ${n === 1 ? 'ist' : 'sind'} vielleicht seither gesendet worden.`,
  sendHeld: 'Senden',
  discardHeld: 'Verwerfen',
  answer: 'Antwort',
  tries: 'Versuche',
  at: 'Geschrieben',
  next: 'Nächster Versuch',
  again: 'Erneut senden',
}
