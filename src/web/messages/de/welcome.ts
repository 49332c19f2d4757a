// German: The first steps.
import type { welcome as english } from '../en/welcome.ts'
import { count } from './count.ts'

export const welcome: typeof english = {
  firstSteps: {
    title: 'Erste Schritte',
    about:
      'Sechs Schritte zu einer Brücke, die Ihre eigene Organisation zeigt. Überspringen Sie, was warten kann; alles lässt sich später ändern.',
    states: { open: 'offen', done: 'erledigt', skipped: 'übersprungen' },
    numbered: (at, of, title) => `Schritt ${at} von ${of}: ${title}`,
    next: (title) => `Weiter: ${title}`,
    finish: 'Abschließen, zur Brücke',
    skip: 'Diesen Schritt überspringen',
    later: 'Später weitermachen',
    areHere: 'bisher hier.',
    otherWays: 'Andere Wege:',
    steps: {
      organisation: {
        title: 'Organisation',
        why: 'Tage, Wochen und Fristen beginnen und enden in der Zeitzone der Organisation, und Berichte tragen ihren Namen.',
      },
      people: {
        title: 'Personen',
        why: 'Wer etwas meldet, behebt oder verantwortet, ist eine Person. Sie führen sie, und andere verlassen sich auf sie.',
      },
      services: {
        title: 'Services',
        why: 'Services sind, worauf sich Menschen verlassen. Eine Störung daran zeigt sofort, wen sie trifft.',
      },
      money: {
        title: 'Finanzen',
        why: 'Ein Budget beginnt mit dem, was die Dinge heute kosten. Die Tabelle des letzten Jahres ist der beste Anfang.',
      },
      safeguards: {
        title: 'Schutz',
        why: 'Was hier steht, ist ein Nachweis. Eine Sicherung zählt, wenn ein Wiederherstellungstest sie bestätigt: eine anlegen, dann prüfen.',
      },
      connect: {
        title: 'Verbindungen',
        why: 'E-Mails sagen, was auf jemanden wartet; angemeldet wird, wo es alle schon tun; und dieser Server wird überwacht wie jeder andere.',
      },
    },
  },
  lines: {
    written: (n) => `${count(n, 'Zeile', 'Zeilen')} geschrieben`,
    left: (n) => `noch ${count(n, 'Zeile', 'Zeilen')}`,
    tooMany: (most) => `Geschrieben werden jetzt die ersten ${most}; lange Listen importieren Sie als Datei.`,
  },
  organisation: {
    name: 'Name der Organisation',
    zone: 'Zeitzone',
    zoneHelp: 'Wo die meisten ihrer Leute arbeiten.',
    financialYear: 'Geschäftsjahr beginnt im',
    financialYearHelp: 'Am Ersten dieses Monats. Berichte zählen ihre Geschäftsjahre von da an.',
    save: 'Organisation speichern',
    saved: 'Organisation gespeichert',
    year: 'Freie Tage im Jahr',
    yearText:
      'Fristen ruhen außerhalb der Servicezeiten und an Feiertagen: Wann das ist, sagt ein Kalender, samt den Feiertagen Ihrer Region.',
    newCalendar: 'Neuer Kalender mit Feiertagen',
  },
  people: {
    label: 'Personen, eine je Zeile',
    help: 'Name; E-Mail; Funktion. Zellen aus einer Tabelle lassen sich einfügen, wie sie sind.',
    placeholder: 'Ana Ferreira; ana@example.com; Service-Desk',
    add: 'Diese Personen anlegen',
    file: 'Datei der Personalabteilung importieren',
    directory: 'Verzeichnis einlesen (LDAP)',
  },
  services: {
    label: 'Services, einer je Zeile',
    help: 'Name; was er tut. Sie sind in Betrieb, und Sie verantworten sie, bis Sie sie übergeben.',
    placeholder: 'E-Mail; Postfächer und Kalender für alle',
    add: 'Diese Services anlegen',
    file: 'Datei importieren',
    level: 'Service-Level vereinbaren',
  },
  money: {
    today:
      'Budgets und Rechnungen haben in Pilothouse noch keinen Ort. Was heute geht: die jährlichen Kosten jedes Service, in Listen, Filtern und Exporten. Das Feld entsteht mit Ihrer ersten Zeile, und nur IT-Leitung und Teamleitung lesen es.',
    fieldThere: 'Services haben jährliche Kosten. Zeilen von hier ersetzen, was dort steht.',
    currency: 'Währung',
    label: 'Kosten, ein Service je Zeile',
    help: 'Service; Kosten eines Jahres. Zellen aus einer Tabelle lassen sich einfügen, wie sie sind.',
    placeholder: 'E-Mail; 12.500',
    add: 'Diese Kosten schreiben',
    list: 'Services öffnen',
    field: 'Jährliche Kosten',
    fieldHelp: 'Was er in einem Jahr kostet, samt Lizenzen und Verträgen.',
    noAmount: (text) => `„${text}“ ist kein Betrag. Schreiben Sie etwa 12500.`,
    noService: (name) => `Es gibt keinen Service „${name}“. Legen Sie ihn im Schritt davor an.`,
  },
  connect: {
    mail: 'E-Mail',
    others: 'Anmeldung und Überwachung',
    signIn: 'Mit Ihrem Anmeldedienst anmelden',
    tokens: 'Ein Token für Ihre Überwachung',
    health: 'Was diese Installation über sich sagt',
    metrics: 'Werte für Prometheus:',
  },
}
