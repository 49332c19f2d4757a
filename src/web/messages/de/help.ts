// German: Help in place, and the frame of the guide.
import type { help as english } from '../en/help.ts'

export const help: typeof english = {
  help: {
    title: (page) => `Hilfe: ${page}`,
    guide: (chapter) => `Im Handbuch weiterlesen: ${chapter}`,
    wholeGuide: 'Das ganze Handbuch',
    firstSteps: 'Die ersten Schritte dieser Installation',
    keysHere: 'Tasten auf dieser Seite',
  },
  guide: { title: 'Handbuch', chapters: 'Kapitel' },
  chapters: {
    begin: 'Beginnen',
    people: 'Personal',
    desk: 'Störungen',
    services: 'Services und Service-Levels',
    safeguards: 'Schutz',
    improvement: 'Kennzahlen und Verbesserung',
    advice: 'Brücke, Berichte und Rat',
    phone: 'Unterwegs und offline',
  },
  pages: {
    list: 'Wörter und Bedingungen grenzen die Liste ein; die Adresse sagt immer, was Sie sehen, und lässt sich teilen. Wählen Sie Zeilen, um viele auf einmal zu ändern; jede Änderung lässt sich rückgängig machen.',
    record:
      'Klicken Sie einen Wert an, um ihn zu ändern. Die Schaltflächen oben führen zum nächsten Status und fragen, was dafür nötig ist. Darunter steht alles, was je damit geschah.',
    form: 'Was einen Stern hat, ist nötig. Jedes Feld sagt, wozu es dient; der Server prüft alles noch einmal und sagt, was nicht passt.',
    import:
      'Wählen Sie eine Datei, sehen Sie an, was gefunden wurde, und prüfen Sie, bevor etwas geschrieben wird. Ein Import lässt sich als Ganzes rückgängig machen.',
    settings: 'Was Sie bevorzugen, und worum sich die Administration kümmert. Änderungen stehen im Journal.',
    other: 'Strg K findet jeden Datensatz, jeden Ort und jeden Befehl; ? zeigt alle Tasten.',
    own: {
      '/bridge':
        'Was heute auf Sie wartet, wie die zwölf Pflichten stehen und was offen ist. Jede Zahl öffnet die Datensätze dahinter.',
      '/first-steps': 'Sechs Schritte, die die Brücke füllen. Jeder lässt sich überspringen und später nachholen.',
      '/scan': 'Etiketten, Nummern und Schilder werden hier mit Kamera, Bild oder Tastatur nachgeschlagen.',
      '/guide': 'Das Handbuch sagt nach Pflichten, was hier möglich ist.',
      '/estate/map': 'Was was braucht, und wen ein Ausfall träfe.',
      '/desk/report': 'Wie viel gemeldet und gelöst wurde, und wie schnell.',
    },
  },
}
