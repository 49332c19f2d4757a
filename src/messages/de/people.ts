/** German texts of people, teams, units and places. */
export const people: Readonly<Record<string, string>> = {
  'P-{0} is the one who is away. Name somebody else, or leave it empty.':
    'P-{0} ist selbst abwesend. Nennen Sie jemand anderen oder niemanden.',
  'P-{0} has left and cannot act for anybody. Name somebody else.':
    'P-{0} ist ausgeschieden und kann niemanden vertreten. Nennen Sie jemand anderen.',
  'P-{0} is away on all of these days too (ABS-{1}). Name somebody who is there.':
    'P-{0} ist an allen diesen Tagen auch abwesend (ABS-{1}). Nennen Sie jemanden, der da ist.',
  'P-{0} is away on some of these days already: ABS-{1}. Change that absence, or give days beside it.':
    'P-{0} ist an einigen dieser Tage schon abwesend: ABS-{1}. Ändern Sie jene Abwesenheit, oder geben Sie Tage daneben an.',
  'Nobody holds this position. Choose "vacant"; it is filled as soon as a person has it as their position.':
    'Niemand hat diese Stelle inne. Wählen Sie „vacant“; sie ist besetzt, sobald eine Person sie als Stelle hat.',
  'P-{0} holds this position. Give that person another one first; then it is vacant and can be closed.':
    'P-{0} hat diese Stelle inne. Geben Sie dieser Person zuerst eine andere; dann ist sie frei und kann geschlossen werden.',
  'POS-{0} is closed. Open it first by "vacant", or choose another position.':
    'POS-{0} ist geschlossen. Öffnen Sie sie zuerst durch „vacant“, oder wählen Sie eine andere Stelle.',
  '{0} is after the day on which this person left ({1}). Give an earlier day.':
    '{0} liegt nach dem Tag, an dem diese Person ausgeschieden ist ({1}). Geben Sie einen früheren Tag an.',
  '{0} is still to come, and whoever is marked as left can no longer sign in. Do it on that day.':
    '{0} liegt noch in der Zukunft, und wer als ausgeschieden markiert ist, kann sich nicht mehr anmelden. Tun Sie es an jenem Tag.',
  'The last day here; nothing means today.': 'Der letzte Tag hier; ohne Angabe heute.',
  'Filled while somebody has it as their position.': 'Besetzt, solange jemand sie als Stelle hat.',
  '{0} is the last administrator. Make somebody else an administrator first.':
    '{0} hat als Letzte oder Letzter die Rolle Administration. Geben Sie sie zuerst jemand anderem.',
  'Somebody who works here, or with us.': 'Jemand, der hier oder mit uns arbeitet.',
  Persons: 'Personen',
  'E-mail': 'E-Mail',
  Left: 'Ausgeschieden',
  'Such as Europe/Berlin; empty: that of the location.': 'Etwa Europe/Berlin; leer: die des Standorts.',
  'When this person works; empty: that of the organisation.': 'Wann diese Person arbeitet; leer: wie die Organisation.',
  'Report to me': 'Berichten an mich',
  'Everybody who asks IT for something or works for it. Import the list from HR or your directory to begin.':
    'Alle, die von der IT etwas brauchen oder für sie arbeiten. Importieren Sie zu Beginn die Liste der Personalabteilung oder Ihres Verzeichnisses.',
  'Mark as left': 'Als ausgeschieden markieren',
  Returned: 'Zurückgekehrt',
  'Job title': 'Funktion',
  Unit: 'Bereich',
  Location: 'Standort',
  Position: 'Stelle',
  'Line manager': 'Führungskraft',
  Phone: 'Telefon',
  Mobile: 'Mobiltelefon',
  'Employee number': 'Personalnummer',
  'Time zone': 'Zeitzone',
  'Working time': 'Arbeitszeit',
  'Started on': 'Eingetreten am',
  'Left on': 'Ausgeschieden am',
  'People who share a queue of work.': 'Personen, die sich eine Warteschlange von Arbeit teilen.',
  'What it does': 'Was es tut',
  'When the team works; agreements with it that name no calendar count by it.':
    'Wann das Team arbeitet; Vereinbarungen mit ihm ohne eigenen Kalender zählen danach.',
  'A team is a queue: incidents are assigned to it first, then to a person in it.':
    'Ein Team ist eine Warteschlange: Störungen werden zuerst ihm zugewiesen, dann einer Person darin.',
  Teams: 'Teams',
  Lead: 'Teamleitung',
  Members: 'Mitglieder',
  Email: 'E-Mail',
  Calendar: 'Kalender',
  'A part of the organisation: company, site, department. Units form a tree.':
    'Ein Teil der Organisation: Firma, Standort, Abteilung. Bereiche bilden einen Baum.',
  Company: 'Firma',
  Site: 'Standort',
  Department: 'Abteilung',
  'Cost centre or short name.': 'Kostenstelle oder Kurzname.',
  'The tree of companies, sites and departments. Service levels and rights follow it.':
    'Der Baum der Firmen, Standorte und Abteilungen. Service-Levels und Rechte folgen ihm.',
  Units: 'Bereiche',
  Parent: 'Übergeordnet',
  Head: 'Leitung',
  Code: 'Kürzel',
  'A place where people and equipment are: site, building, floor, room.':
    'Ein Ort, an dem Personen und Geräte sind: Standort, Gebäude, Stockwerk, Raum.',
  Building: 'Gebäude',
  Floor: 'Stockwerk',
  Room: 'Raum',
  'Two letters, such as DE.': 'Zwei Buchstaben, etwa DE.',
  'Such as Europe/Berlin.': 'Etwa Europe/Berlin.',
  'Where things are. Sites carry a time zone and a country, so that holidays and hours are right.':
    'Wo die Dinge sind. Standorte haben Zeitzone und Land, damit Feiertage und Zeiten stimmen.',
  Locations: 'Standorte',
  Address: 'Adresse',
  Country: 'Land',
  'A post in the organisation, filled or vacant.': 'Eine Stelle in der Organisation, besetzt oder frei.',
  Title: 'Titel',
  'What is expected of whoever holds it.': 'Was von der Person erwartet wird, die sie innehat.',
  Filled: 'Besetzt',
  Vacant: 'Frei',
  Closed: 'Geschlossen',
  'Positions say what is expected of whom, also while nobody holds them.':
    'Stellen sagen, was von wem erwartet wird, auch solange niemand sie innehat.',
  Positions: 'Stellen',
  Description: 'Beschreibung',
  'Reports to': 'Berichtet an',
  'Days on which a person is away, and who acts for them. It says that, never why.':
    'Tage, an denen eine Person abwesend ist, und wer sie vertritt. Es steht dort nie, warum.',
  'Who acts for this person meanwhile.': 'Wer diese Person solange vertritt.',
  'For colleagues; no reasons of health.': 'Für die Kolleginnen und Kollegen; keine gesundheitlichen Gründe.',
  'Away now': 'Jetzt abwesend',
  'Who is away when, and who acts for them. Assignments warn of it.':
    'Wer wann abwesend ist und wer vertritt. Zuweisungen warnen davor.',
  Absence: 'Abwesenheit',
  Absences: 'Abwesenheiten',
  'First day': 'Erster Tag',
  'Last day': 'Letzter Tag',
  Deputy: 'Vertretung',
}
