/** German texts of services, calendars and service levels. */
export const services2: Readonly<Record<string, string>> = {
  'It names no calendar, so the hours of TEAM-{0} "{1}" hold.':
    'Er nennt keinen Kalender, also gelten die Zeiten von TEAM-{0} „{1}“.',
  'It names no calendar, so the service hours of SVC-{0} hold.':
    'Er nennt keinen Kalender, also gelten die Servicezeiten von SVC-{0}.',
  'SVC-{0} has no service hours that could stand in. Give a calendar here, or service hours there.':
    'SVC-{0} hat keine Servicezeiten, die gelten könnten. Geben Sie hier einen Kalender an oder dort Servicezeiten.',
  'Give a calendar, or name services that have service hours: then those hold.':
    'Geben Sie einen Kalender an, oder nennen Sie Services mit Servicezeiten: dann gelten diese.',
  'SLA-{0} counts by these hours. Choose another calendar, or give SLA-{1} one of its own first.':
    'SLA-{0} zählt nach diesen Zeiten. Wählen Sie einen anderen Kalender, oder geben Sie zuerst SLA-{1} einen eigenen.',
  'When the time counts; empty: the hours of the team, or of the service concerned.':
    'Wann die Zeit zählt; leer: die Zeiten des Teams oder des betroffenen Service.',
  'Service levels that name no calendar count by it.': 'Servicelevel ohne eigenen Kalender zählen danach.',
  'No clock is called "{0}". Choose one of: {1}.': 'Keine Uhr heißt „{0}“. Wählen Sie eine davon: {1}.',
  'The pause "{0}" never holds: {1}': 'Die Pause „{0}“ tritt nie ein: {1}',
  '{0} has no field "{1}" whose history is kept. Name another one, such as {2}.':
    '{0} hat kein Feld „{1}“ mit Verlauf. Nennen Sie ein anderes, etwa {2}.',
  '{0} is never "{1}". Choose one of: {2}.': '{0} ist nie „{1}“. Wählen Sie eines davon: {2}.',
  '"{0}" was not found. Give a number such as {1}-1.':
    '„{0}“ wurde nicht gefunden. Geben Sie eine Nummer wie {1}-1 an.',
  'P-{0} was not found, so nobody would be told. Name another person, or "lead".':
    'P-{0} wurde nicht gefunden, also erführe es niemand. Nennen Sie eine andere Person oder „lead“.',
  'P-{0} has left, so nobody would be told. Name another person, or "lead".':
    'P-{0} ist ausgeschieden, also erführe es niemand. Nennen Sie eine andere Person oder „lead“.',
  '{0} of one can never work. Name a group with further members first, or leave the minimum empty.':
    '{0} von einem können nie arbeiten. Nennen Sie zuerst eine Gruppe mit weiteren Mitgliedern, oder lassen Sie das Minimum leer.',
  '{0} of the group "{1}" of SVC-{2} must work, and it has {3}. Add the other members first, or give a lower minimum.':
    '{0} aus der Gruppe „{1}“ von SVC-{2} müssen arbeiten, und sie hat {3}. Fügen Sie zuerst die übrigen hinzu, oder geben Sie ein kleineres Minimum an.',
  'In place of minutes.': 'Statt Minuten.',
  'With days: due when the last day closes.': 'Bei Tagen: fällig, wenn der letzte Tag schließt.',
  'Fractions of the time, such as [0.5, 0.8].': 'Anteile der Zeit, etwa [0.5, 0.8].',
  'Warn at': 'Vorwarnen bei',
  'What happens at which fraction; 1 is the breach.': 'Was bei welchem Anteil geschieht; 1 ist die Überschreitung.',
  'Targets hold the times of a service level, one per clock and priority.':
    'Ziele enthalten die Zeiten eines Service-Levels, eines je Frist und Priorität.',
  Targets: 'Ziele',
  Clock: 'Frist',
  Priority: 'Priorität',
  'Working minutes': 'Arbeitsminuten',
  'Working days': 'Arbeitstage',
  'End of day': 'Ende des Tages',
  Escalations: 'Eskalationen',
  'Signed document': 'Unterschriebenes Dokument',
  'The agreement as it was signed: a PDF, or a picture of the paper.':
    'Die Vereinbarung, wie sie unterschrieben wurde: ein PDF oder ein Bild des Papiers.',
}
