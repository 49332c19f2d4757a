// German: Newer versions, and comments that wait to be sent.
import type { offline as english } from '../en/offline.ts'
import { count } from './count.ts'

export const offline: typeof english = {
  bars: {
    newer: 'Eine neuere Version von Pilothouse ist da.',
    take: 'Jetzt verwenden',
    waiting: (n) => `${count(n, 'Kommentar wartet', 'Kommentare warten')} auf das Senden.`,
    held: (n) => `${count(n, 'Kommentar wartet', 'Kommentare warten')} auf Ihre Entscheidung.`,
    mixed: {
      waiting: (n) => `${count(n, 'Änderung wartet', 'Änderungen warten')} auf das Senden.`,
      held: (n) => `${count(n, 'Änderung wartet', 'Änderungen warten')} auf Ihre Entscheidung.`,
    },
    look: 'Ansehen',
    urgent: (name, todo) => `${name}: ${todo}`,
    more: (n) => `Und noch ${count(n, 'Zeile', 'Zeilen')}.`,
    health: 'Zustand öffnen',
    hide: 'Ausblenden',
    unsent: (n) =>
      `${count(n, 'Kommentar ist', 'Kommentare sind')} noch nicht gesendet. Erst senden oder verwerfen, dann abmelden.`,
  },
  outbox: {
    sent: (number) => `Ihr Kommentar zu ${number} wurde gesendet.`,
    moved: (number, move) => `${number}: „${move}“ wurde gesendet.`,
    doubtful: 'Vor mehr als einem Tag gesendet und nie beantwortet. Sehen Sie nach, ob der Kommentar schon da ist.',
  },
}
