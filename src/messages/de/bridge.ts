/** German texts of the bridge. */
export const bridge: Readonly<Record<string, string>> = {
  'The bridge is for those who run the information systems.':
    'Die Brücke ist für die, die für den IT-Betrieb verantwortlich sind.',
  'Incidents resolved in the last 30 days whose resolution clock was met, of all resolved ones with such a clock. They count on the day they were resolved; the level report counts them in the month they were opened.':
    'Störungen, die in den letzten 30 Tagen mit eingehaltener Lösungsfrist gelöst wurden, von allen gelösten mit einer solchen Frist. Sie zählen an dem Tag, an dem sie gelöst wurden; der Bericht über Service-Levels zählt sie im Monat, in dem sie eröffnet wurden.',
  'Incidents answered in the last 30 days whose first-response clock was met, of all answered ones with such a clock. They count on the day they were answered; the level report counts them in the month they were opened.':
    'Störungen, auf die in den letzten 30 Tagen innerhalb der Frist für die erste Reaktion geantwortet wurde, von allen beantworteten mit einer solchen Frist. Sie zählen an dem Tag der Antwort; der Bericht über Service-Levels zählt sie im Monat, in dem sie eröffnet wurden.',
  'Live services that name an owner and a team and have at least one dependency, of all live services.':
    'Services in Betrieb, die eine verantwortliche Person, ein Team und mindestens eine Abhängigkeit haben, von allen Services in Betrieb.',
  'Open incidents whose resolution clock has time left, of all open ones with such a clock: what is late and still open.':
    'Offene Störungen, deren Lösungsfrist noch nicht abgelaufen ist, von allen offenen mit einer solchen Frist: was verspätet und noch offen ist.',
  'Incidents opened in the last 30 days and reopened since, of those resolved.':
    'Störungen, die in den letzten 30 Tagen eröffnet und seither wieder geöffnet wurden, von den gelösten.',
  'Actions that are effective, or open and not late, of all that changed within a year and were not dropped.':
    'Maßnahmen, die wirksam oder offen und nicht verspätet sind, von allen, die sich innerhalb eines Jahres geändert haben und nicht verworfen wurden.',
  'Tasks from obligations of this duty whose day passed within a year and that were done by then, of all that were not cancelled.':
    'Aufgaben aus Regelaufgaben dieser Pflicht, deren Tag innerhalb eines Jahres lag und die bis dahin erledigt waren, von allen, die nicht zurückgezogen wurden.',
  'Major incident: {0}': 'Großstörung: {0}',
  'News to those affected is late: {0}': 'Lagemeldung an die Betroffenen überfällig: {0}',
  'News to those affected is late on {0} major incidents':
    'Bei {0} Großstörungen ist die Lagemeldung an die Betroffenen überfällig',
  '{0} major incidents are running': '{0} Großstörungen laufen',
  'Past its due time: {0}': 'Überfällig: {0}',
  '{0} open incidents are past their due time': '{0} offene Störungen sind überfällig',
  'Nobody works on: {0}': 'Niemand arbeitet an: {0}',
  '{0} urgent incidents have nobody working on them': 'An {0} dringenden Störungen arbeitet niemand',
  'Due soon: {0}': 'Bald fällig: {0}',
  '{0} incidents will miss their service level soon': '{0} Störungen werden ihren Service-Level bald verfehlen',
  'Your task is late: {0}': 'Ihre Aufgabe ist verspätet: {0}',
  '{0} of your tasks are late': '{0} Ihrer Aufgaben sind verspätet',
  'Obligation overdue: {0}': 'Regelaufgabe überfällig: {0}',
  '{0} obligations are overdue': '{0} Regelaufgaben sind überfällig',
  'Improvement action late: {0}': 'Verbesserungsmaßnahme verspätet: {0}',
  '{0} improvement actions are late': '{0} Verbesserungsmaßnahmen sind verspätet',
  'Unread: {0}': 'Ungelesen: {0}',
  '{0} notices to you are unread': '{0} Benachrichtigungen an Sie sind ungelesen',
  'Check the effect of: {0}': 'Wirkung prüfen: {0}',
  '{0} finished actions wait for somebody to check their effect':
    'Bei {0} abgeschlossenen Maßnahmen ist die Wirkung noch zu prüfen',
  'Review is open: {0}': 'Nachbetrachtung offen: {0}',
  '{0} major incidents wait for their review': 'Bei {0} Großstörungen steht die Nachbetrachtung aus',
  'New and unassigned: {0}': 'Neu und nicht zugewiesen: {0}',
  '{0} new incidents wait for somebody': '{0} neue Störungen warten auf eine Zuweisung',
  'Due today: {0}': 'Heute fällig: {0}',
  '{0} tasks of yours are due today': '{0} Ihrer Aufgaben sind heute fällig',
  'Incidents assigned to me': 'Mir zugewiesene Störungen',
  'My tasks': 'Meine Aufgaben',
  'My improvement actions': 'Meine Verbesserungsmaßnahmen',
  'Pilothouse computes "{0}" from records, so no value is entered for it. Enter yours under a measure without a source.':
    'Pilothouse berechnet „{0}“ aus Datensätzen, deshalb wird dafür kein Wert eingetragen. Tragen Sie Ihren unter einer Kennzahl ohne Quelle ein.',
  '{0} lies ahead. Give the day that the value is of.':
    '{0} liegt in der Zukunft. Geben Sie den Tag an, für den der Wert gilt.',
  'This action is done, and its effect is checked by somebody other than its owner. Reopen it to pass it on.':
    'Diese Maßnahme ist erledigt, und ihre Wirkung prüft jemand anderes als die zuständige Person. Öffnen Sie sie wieder, um sie weiterzugeben.',
}
