/** German texts of services, calendars and service levels. */
export const services2: Readonly<Record<string, string>> = {
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
}
