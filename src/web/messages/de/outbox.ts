// German: what waits on this device, looked at.
import type { outbox as english } from '../en/outbox.ts'

export const outbox: typeof english = {
  title: 'Was auf das Senden wartet',
  about: 'Sie werden von selbst gesendet, jeder einmal, sobald der Server erreichbar ist.',
  none: 'Nichts wartet.',
  written: (when) => `geschrieben ${when}`,
  changed: 'Der Datensatz hat sich geändert, seit Sie ihn gelesen haben. Sehen Sie nach, ob Ihr Kommentar noch passt.',
  changedMove:
    'Der Datensatz hat sich geändert, seit Sie ihn gelesen haben. Sehen Sie nach, ob dieser Schritt noch passt.',
  discardMove: (number, move) => `„${move}“ zu ${number} verwerfen`,
  tryNow: 'Jetzt versuchen',
  sendAnyway: (number) => `An ${number} senden, wie es jetzt ist`,
  discard: (number) => `Kommentar zu ${number} verwerfen`,
}
