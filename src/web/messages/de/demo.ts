// German: the demonstration company beside one's own data.
import { numberText } from '../../fields/format.ts'
import type { demo as english } from '../en/demo.ts'
import { count } from './count.ts'

export const demo: typeof english = {
  look: 'Gefüllt ansehen',
  about:
    'Harbour Works baut Winden und Kräne: 160 Menschen und zwei Jahre Geschichte. Zum Ansehen, Ausprobieren und Wegwerfen.',
  onlyAdministrators: 'Die Administration kann sie holen und entfernen.',
  beside:
    'Sie kommt neben Ihre eigenen Daten, als eine Organisation für sich. Keine sieht die andere: Nichts von Ihnen wird geändert, gezählt oder verschickt, und nur die Administration kann sie ansehen.',
  isWhole:
    'Diese ganze Installation ist die Demonstration. Wer sie betreibt, entfernt sie mit: pilothouse demo remove.',
  bring: 'Demonstration holen',
  coming: 'Harbour Works ist unterwegs',
  told: (n, of) => `${numberText(n)} von ${numberText(of)} Störungen erzählt`,
  leaving: 'Harbour Works wird entfernt',
  failed: 'Das ging nicht:',
  again: 'Noch einmal versuchen',
  isHere: 'Harbour Works ist da.',
  visit: 'Ansehen',
  leave: 'Zurück zu Ihren eigenen Daten',
  bar: 'Sie sehen die Demonstration, Harbour Works. Nichts hier gehört zu Ihren eigenen Daten.',
  takeAway: 'Demonstration entfernen',
  goes: (n) =>
    `Harbour Works geht, mit allen ${numberText(n)} Datensätzen und allem, was dort getan wurde. Ihre eigenen Daten bleiben, wie sie sind.`,
  written: (n) => `${count(n, 'Datensatz', 'Datensätze')}, seitdem dort von Menschen geschrieben, gehen mit:`,
  sure: 'All das entfernen',
  gone: 'Die Demonstration ist weg',
  guide: 'Was die Anleitung dazu sagt',
}
