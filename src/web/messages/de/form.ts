// German: Forms, import, signing in.
import type { form as english } from '../en/form.ts'
import { count } from './count.ts'

export const form: typeof english = {
  form: {
    create: (label) => `${label} anlegen`,
    save: (label) => `${label} anlegen`,
    created: (number) => `${number} angelegt`,
    another: 'Noch eine weitere anlegen',
    cancel: 'Abbrechen',
    other: 'Weiteres',
    required: 'Diese Angabe fehlt.',
    wrong: (n) => `${count(n, 'Feld braucht', 'Felder brauchen')} Ihre Aufmerksamkeit`,
    readers: (who) => `Wer das lesen kann: ${who}`,
    show: 'Freiwillige Felder zeigen',
    hide: 'Freiwillige Felder ausblenden',
    hints: 'Was helfen kann',
    leave: 'Was Sie geschrieben haben, ist nicht gespeichert. Trotzdem verlassen?',
  },
  sign: {
    email: 'E-Mail',
    password: 'Passwort',
    setupTitle: 'Pilothouse einrichten',
    setupText: 'Sie übernehmen als erste Person die Administration. Dieser Link gilt einmal.',
    name: 'Ihr Name',
    organisation: 'Organisation',
    zone: 'Zeitzone',
    passwordHelp: 'Mindestens 12 Zeichen; am besten einige Wörter.',
    setup: 'Administration einrichten',
    ready: 'Alles ist bereit.',
  },
}
