// German: Scanning codes, and printing them.
import type { scan as english } from '../en/scan.ts'

export const scan: typeof english = {
  title: 'Code scannen',
  about:
    'Ein Etikett von Pilothouse, eine Nummer wie INC-1042 oder was auf einem Schild steht. Bilder werden auf diesem Gerät gelesen und verlassen es nicht.',
  picture: 'Bild des Codes wählen',
  typed: 'Oder eingeben, was dort steht',
  typedExample: 'INC-1042',
  lookUp: 'Nachschlagen',
  nothing: (text) => `Hier heißt nichts „${text}“.`,
  elsewhere: (host) => `Dieser Code führt zu ${host}, nicht zu dieser Installation. Er wurde nicht geöffnet.`,
  several: (text, n) => `„${text}“ wird ${n}-mal gefunden:`,
  noCode: (name) =>
    `In ${name} wurde kein Code gefunden. Näher herangehen, bei gutem Licht, oder eingeben, was dort steht.`,
  camera: {
    start: 'Kamera starten',
    stop: 'Kamera beenden',
    picture: 'Was die Kamera sieht',
    none: 'Dieser Browser hat keine Kamera oder darf keine verwenden. Ein Bild oder Eingeben geht ebenso.',
    denied:
      'Die Kamera wurde nicht erlaubt. Erlauben Sie sie im Browser für diese Seite, oder nehmen Sie ein Bild, oder geben Sie ein.',
  },
  label: {
    title: (number) => `Etikett von ${number}`,
    about: 'Wer es scannt, kommt nach dem Anmelden hier zu diesem Datensatz. Der Code enthält nur die Adresse.',
    code: (number) => `QR-Code von ${number}`,
    print: 'Etikett drucken',
  },
}
