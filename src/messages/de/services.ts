/** German texts of services, calendars and service levels. */
export const services: Readonly<Record<string, string>> = {
  'Due {0} ({1}).': 'Fällig {0} ({1}).',
  '{0} working day': '{0} Arbeitstag',
  '{0} working days': '{0} Arbeitstage',
  'Starts {0} ({1}) with {2}, to the end of the day.': 'Beginnt {0} ({1}); vorgesehen: {2}, bis zum Ende des Tages.',
  'Starts {0} ({1}) with {2}, at the same time of day.': 'Beginnt {0} ({1}); vorgesehen: {2}, zur selben Tageszeit.',
  '{0} more working days among {1} days.': '{0} weitere Arbeitstage unter {1} Tagen.',
  '{0} is working day {1} of {2}.': '{0} ist Arbeitstag {1} von {2}.',
  '{0} opens next.': '{0} ist der nächste offene Tag.',
  '{0} is a holiday: skipped.': '{0} ist ein Feiertag: übersprungen.',
  '{0} is closed: skipped.': '{0} ist geschlossen: übersprungen.',
  'Give the number of a calendar, such as CAL-5.': 'Geben Sie die Nummer eines Kalenders an, etwa CAL-5.',
  'Give the instant at which it came in, such as 2026-11-21T14:30:00Z.':
    'Geben Sie den Zeitpunkt des Eingangs an, etwa 2026-11-21T14:30:00Z.',
  'Write an instant with its zone, such as 2026-11-21T14:30:00Z.':
    'Schreiben Sie einen Zeitpunkt mit seiner Zone, etwa 2026-11-21T14:30:00Z.',
  'Give seconds of service time as a number.': 'Geben Sie die Sekunden der Servicezeit als Zahl an.',
  'Give 0 seconds or more.': 'Geben Sie 0 Sekunden oder mehr an.',
  'At most 1,000,000,000 seconds.': 'Höchstens 1.000.000.000 Sekunden.',
  'Give working days as a number.': 'Geben Sie die Arbeitstage als Zahl an.',
  'Give whole working days.': 'Geben Sie ganze Arbeitstage an.',
  'Give 0 days or more.': 'Geben Sie 0 Tage oder mehr an.',
  'At most 3,660 working days.': 'Höchstens 3.660 Arbeitstage.',
  'Give true or false.': 'Geben Sie true oder false an.',
  'Give an address.': 'Geben Sie eine Adresse an.',
  'At most 2,000 characters.': 'Höchstens 2.000 Zeichen.',
  'At most 500,000 characters. Give a feed of holidays only.':
    'Höchstens 500.000 Zeichen. Geben Sie einen Feed an, der nur freie Tage enthält.',
  'It only computes.': 'Es wird nur gerechnet.',
  'It only reads; the days are kept when the calendar is changed.':
    'Es wird nur gelesen; die Tage werden gespeichert, wenn der Kalender geändert wird.',
  'Give either workingSeconds or workingDays.': 'Geben Sie entweder workingSeconds oder workingDays an.',
  '"{0}" is no existing instant. Write one such as 2026-11-21T14:30:00Z.':
    '„{0}“ ist kein existierender Zeitpunkt. Schreiben Sie ihn wie 2026-11-21T14:30:00Z.',
  'Give either a calendar with its hours, or the number of one in calendarId.':
    'Geben Sie entweder einen Kalender mit seinen Zeiten an oder in calendarId die Nummer eines Kalenders.',
  '{0} has mistakes and cannot be computed with. Open it, and save it again.':
    '{0} ist fehlerhaft, damit lässt sich nicht rechnen. Öffnen Sie den Kalender und speichern Sie ihn neu.',
  'Give either the address of a feed, or its text.': 'Geben Sie entweder die Adresse eines Feeds oder seinen Text an.',
  'Feeds are read by those who keep calendars: leads and managers.':
    'Feeds lesen die, die Kalender pflegen: Teamleitung und IT-Leitung.',
  'Name the country, such as ?country=DE.': 'Nennen Sie das Land, etwa ?country=DE.',
  '"year" is a year from 1970 to 2100.': '„year“ ist ein Jahr von 1970 bis 2100.',
  'Give the country whose region it is, such as DE.': 'Geben Sie das Land an, zu dem die Region gehört, etwa DE.',
  'Business services are what people ask for; the others carry them.':
    'Geschäftsservices sind das, was die Leute anfordern; die anderen tragen sie.',
  'any priority without a target of its own': 'jede Priorität ohne eigenes Ziel',
  ' It has the lowest rank ({0}) of {1} that apply.': ' Er hat den niedrigsten Rang ({0}) von {1}, die zutreffen.',
  'With another team': 'Bei einem anderen Team',
  'part of {0}': 'Anteil von {0}',
  'Not with the supplier': 'Nicht beim Lieferanten',
  'Not with {0}': 'Nicht bei {0}',
  'part of the supplier': 'Anteil des Lieferanten',
  'Promised by SLA-{0} "{1}" (TGT-{2}) for {3}, in the hours of CAL-{4} "{5}".':
    'Zugesagt von SLA-{0} „{1}“ (TGT-{2}) für {3}, in den Zeiten von CAL-{4} „{5}“.',
  'A service cannot need itself. Choose another.':
    'Ein Service kann sich nicht selbst brauchen. Wählen Sie einen anderen.',
  ', over {0} between them': ', über {0} dazwischen',
  'SVC-{0} needs SVC-{1} already{2}: this would be a circle, and each would fail with the other. Remove that dependency first, or choose another service.':
    'SVC-{0} braucht SVC-{1} bereits{2}: Das wäre ein Kreis, und jeder fiele mit dem anderen aus. Entfernen Sie zuerst diese Abhängigkeit, oder wählen Sie einen anderen Service.',
  '{0} needs {1}. Remove this dependency first, or give it another service; then {2} may go.':
    '{0} braucht {1}. Entfernen Sie zuerst diese Abhängigkeit, oder geben Sie ihr einen anderen Service; danach kann {2} weg.',
  '{0} and {1} more': '{0} und {1} weitere',
  '{0} services need {1} ({2}). Remove these dependencies first, or give them another service; then {3} may go.':
    '{0} Services brauchen {1} ({2}). Entfernen Sie zuerst diese Abhängigkeiten, oder geben Sie ihnen einen anderen Service; danach kann {3} weg.',
  'Keep the service level "{0}"': 'Den Service-Level „{0}“ einhalten',
  'In the last 30 days "{0}" was met {1} times and breached {2} times: {3} % met.':
    'In den letzten 30 Tagen wurde „{0}“ {1} Mal eingehalten und {2} Mal überschritten: {3} % eingehalten.',
  '{0} is overdue': '{0} ist überfällig',
  '{0} % of the time for {1} has passed': '{0} % der Zeit für {1} sind vergangen',
  '{0}{1}: {2} ({3} of {4} of service hours, reached {5}). It was due {6}. {7}':
    '{0}{1}: {2} ({3} von {4} der Servicezeit, erreicht {5}). Fällig war {6}. {7}',
  'TGT-{0} ({1}{2}) of SLA-{3} "{4}": at {5} % {6}.': 'TGT-{0} ({1}{2}) von SLA-{3} „{4}“: bei {5} % {6}.',
  'tell {0}': '{0} benachrichtigen',
  'begin an improvement action': 'eine Verbesserungsmaßnahme beginnen',
  'The feed has more than {0} kB. Give a feed of holidays only.':
    'Der Feed hat mehr als {0} kB. Geben Sie einen Feed an, der nur freie Tage enthält.',
  'The feed holds no events. Give the address of an iCalendar feed (.ics) with days off.':
    'Der Feed enthält keine Termine. Geben Sie die Adresse eines iCalendar-Feeds (.ics) mit freien Tagen an.',
  'The feed has more than {0} events. Give a feed of holidays only.':
    'Der Feed hat mehr als {0} Termine. Geben Sie einen Feed an, der nur freie Tage enthält.',
  'This is no iCalendar text: it does not begin with BEGIN:VCALENDAR. Open the address in a browser; it may be a web page.':
    'Das ist kein iCalendar-Text: Er beginnt nicht mit BEGIN:VCALENDAR. Öffnen Sie die Adresse im Browser; vielleicht ist es eine Webseite.',
  'The iCalendar text cannot be read: {0}. Ask its publisher, or add the days by hand.':
    'Der iCalendar-Text ist nicht lesbar: {0}. Fragen Sie, wer ihn veröffentlicht, oder tragen Sie die Tage von Hand ein.',
  'Too many events of this feed come back by rules that cannot be used. Give another feed.':
    'Zu viele Termine dieses Feeds wiederholen sich nach Regeln, die sich nicht verwenden lassen. Geben Sie einen anderen Feed an.',
  'The feed has more than {0} days off between {1} and {2}. Give a feed of holidays only.':
    'Der Feed hat mehr als {0} freie Tage zwischen {1} und {2}. Geben Sie einen Feed an, der nur freie Tage enthält.',
  'Without a name': 'Ohne Namen',
  '{0} events have times of day and are no days off.': '{0} Termine haben Uhrzeiten und sind keine freien Tage.',
  '{0} event could not be read.': '{0} Termin war nicht lesbar.',
  '{0} events could not be read.': '{0} Termine waren nicht lesbar.',
  '{0} event comes back by a rule that cannot be used.':
    '{0} Termin wiederholt sich nach einer Regel, die sich nicht verwenden lässt.',
  '{0} events come back by a rule that cannot be used.':
    '{0} Termine wiederholen sich nach einer Regel, die sich nicht verwenden lässt.',
  'No public holidays are known for the country "{0}". Write two letters such as DE; GET /calendars/regions lists them.':
    'Für das Land „{0}“ sind keine Feiertage bekannt. Schreiben Sie zwei Buchstaben wie DE; GET /calendars/regions listet die Länder auf.',
  '{0} has no regions with holidays of their own. Leave the region empty.':
    '{0} hat keine Regionen mit eigenen Feiertagen. Lassen Sie die Region leer.',
  '{0} has no region "{1}". It has: {2}.': '{0} hat keine Region „{1}“. Es gibt: {2}.',
  'How far up: what stands on it; 1 when empty.': 'Wie weit nach oben: was darauf aufbaut; leer: 1.',
  'How far down: what it needs; 3 when empty.': 'Wie weit nach unten: was gebraucht wird; leer: 3.',
  'What services need is shown to the staff. Ask an administrator for a role that may see it.':
    'Was Services brauchen, sieht nur das IT-Personal. Fragen Sie die Administration nach einer Rolle, die es sehen darf.',
  'It needs a service that was removed meanwhile.': 'Ein gebrauchter Service wurde inzwischen entfernt.',
  'It needs {0} ({1}).': 'Braucht {0} ({1}).',
  'It needs {0} of {1} in the group "{2}"; with {3} ({4}) too few are left.':
    'Braucht {0} von {1} aus der Gruppe „{2}“; ohne {3} ({4}) sind es zu wenige.',
  '"{0}" is a whole number from 0 to 10.': '„{0}“ ist eine ganze Zahl von 0 bis 10.',
  'Give either working minutes or working days.': 'Geben Sie entweder Arbeitsminuten oder Arbeitstage an.',
  'Give {"hours": {"mon": [["09:00","17:00"]], …}}.': 'Geben Sie {"hours": {"mon": [["09:00","17:00"]], …}} an.',
  '"{0}" is not part of a calendar; it has hours, holidays, breaks and shifts.':
    '„{0}“ gehört nicht zu einem Kalender; er hat hours, holidays, breaks und shifts.',
  '"{0}" is not a weekday; write {1}.': '„{0}“ ist kein Wochentag; schreiben Sie {1}.',
  '{0} is an object of days.': '{0} ist ein Objekt aus Tagen.',
  '"{0}" is not a day such as 2026-12-24.': '„{0}“ ist kein Tag wie 2026-12-24.',
  'Holidays are a list of days such as 2026-12-25.': 'Freie Tage sind eine Liste von Tagen wie 2026-12-25.',
  '{0}: {1} spans are too many for one day; give up to 24. Join those that touch.':
    '{0}: {1} Spannen sind zu viele für einen Tag; geben Sie höchstens 24 an. Verbinden Sie die, die aneinandergrenzen.',
  '{0}: give a list of spans, such as [["09:00","17:00"]].':
    '{0}: Geben Sie eine Liste von Spannen an, etwa [["09:00","17:00"]].',
  '{0}: a span is ["09:00","17:00"] with hours from 00:00 to 24:00.':
    '{0}: Eine Spanne ist ["09:00","17:00"] mit Zeiten von 00:00 bis 24:00.',
  '{0}: {1} to {2} ends before it begins. Split it at midnight.':
    '{0}: {1} bis {2} endet, bevor es beginnt. Teilen Sie die Spanne um Mitternacht.',
  '{0}: {1} to {2} overlaps the span before it, or is out of order.':
    '{0}: {1} bis {2} überschneidet sich mit der Spanne davor oder steht nicht in der Reihenfolge.',
  'Give a list such as [{"when":"status:waiting","reason":"Waiting for the requester"}].':
    'Geben Sie eine Liste an, etwa [{"when":"status:waiting","reason":"Wartet auf die meldende Person"}].',
  'Each pause has "when" (a filter) and "reason".': 'Jede Ruhezeit hat „when“ (einen Filter) und „reason“.',
  'The pause "{0}" is not understood: {1}': 'Die Ruhezeit „{0}“ ist nicht verständlich: {1}',
  'The pause "{0}" must name values, such as status:waiting.':
    'Die Ruhezeit „{0}“ muss Werte nennen, etwa status:waiting.',
  'Give fractions between 0 and 1, such as [0.5, 0.8].': 'Geben Sie Anteile zwischen 0 und 1 an, etwa [0.5, 0.8].',
  'Give a list such as [{"at":0.8,"do":"notify","to":"assignee"},{"at":1,"do":"action","to":"lead"}].':
    'Geben Sie eine Liste an, etwa [{"at":0.8,"do":"notify","to":"assignee"},{"at":1,"do":"action","to":"lead"}].',
  none: 'ohne',
  'without priority': 'ohne Priorität',
  'Was {0} until {1}, and already late: a breach stays one; then {2}.':
    'War {0} bis {1}, und bereits zu spät: Eine Überschreitung bleibt eine; danach {2}.',
  'Was {0} until {1}; then {2}.': 'War {0} bis {1}; danach {2}.',
  'The key of the row; empty: all.': 'Der Schlüssel der Zeile; leer: alle.',
  'The "next" of the page before.': 'Das „next“ der Seite davor.',
  'Reports on service levels are for the staff, officers and auditors.':
    'Berichte über Service-Levels sind für IT-Personal, Geschäftsleitung und Revision.',
  '"state" is met, breached or running.': '„state“ ist met, breached oder running.',
  '"after" is the "next" of the page before.': '„after“ ist das „next“ der Seite davor.',
  '"{0}" is not a point in time. Write 2026-01-01, startOfYear or -90d.':
    '„{0}“ ist kein Zeitpunkt. Schreiben Sie 2026-01-01, startOfYear oder -90d.',
  '"by" is one of: {0}.': '„by“ ist eines von: {0}.',
  '"clock" is the name of a clock, such as resolution.': '„clock“ ist der Name einer Frist, etwa resolution.',
  '"from" is not before "to". Exchange them.': '„from“ liegt nicht vor „to“. Vertauschen Sie die beiden.',
  'No clocks run on "{0}". They run on: {1}.': 'Auf „{0}“ laufen keine Fristen. Sie laufen auf: {1}.',
  '"{0}" is a whole number from 1 to {1}.': '„{0}“ ist eine ganze Zahl von 1 bis {1}.',
  'Something that people or other services rely on.': 'Etwas, worauf sich Personen oder andere Services verlassen.',
  'Business service': 'Geschäftsservice',
  Application: 'Anwendung',
  'Technical service': 'Technischer Service',
  Component: 'Komponente',
  Planned: 'Geplant',
  Live: 'In Betrieb',
  Retired: 'Stillgelegt',
  'What its loss would mean.': 'Was sein Ausfall bedeuten würde.',
  Low: 'Niedrig',
  Medium: 'Mittel',
  High: 'Hoch',
  Critical: 'Kritisch',
  'Who answers for it.': 'Wer dafür einsteht.',
  'Who restores it.': 'Wer ihn wiederherstellt.',
  'Service hours': 'Servicezeiten',
  'Business services': 'Geschäftsservices',
  'Services are what people rely on. With what each one needs, an incident shows whom it hurts.':
    'Auf Services verlassen sich die Leute. Mit dem, was jeder braucht, zeigt eine Störung, wen sie trifft.',
  Service: 'Service',
  Services: 'Services',
  Launch: 'In Betrieb nehmen',
  Retire: 'Stilllegen',
  Revive: 'Wieder in Betrieb nehmen',
  Criticality: 'Kritikalität',
  'One service needs another. With a group, some of its members are enough.':
    'Ein Service braucht einen anderen. In einer Gruppe genügen einige ihrer Mitglieder.',
  Dependencies: 'Abhängigkeiten',
  'What needs something.': 'Was etwas braucht.',
  'What it needs.': 'Was es braucht.',
  'Members of one group stand in for each other, such as "database nodes".':
    'Mitglieder einer Gruppe stehen füreinander ein, etwa „Datenbankknoten“.',
  'How many of the group must work; 1 when empty.': 'Wie viele der Gruppe laufen müssen; leer: 1.',
  'Say what each service needs; the map and the impact of incidents follow.':
    'Geben Sie an, was jeder Service braucht; Landkarte und Auswirkung von Störungen folgen daraus.',
  Dependency: 'Abhängigkeit',
  Needs: 'Braucht',
  Group: 'Gruppe',
  Minimum: 'Mindestens',
  'When work happens: zone, weekly hours, breaks, dated shifts and holidays.':
    'Wann gearbeitet wird: Zone, Wochenzeiten, Pausen, Schichten an einzelnen Tagen und freie Tage.',
  'Weekly hours, dated shifts, breaks and own holidays.':
    'Wochenzeiten, Schichten an einzelnen Tagen, Pausen und eigene freie Tage.',
  Hours: 'Zeiten',
  'Country in two letters, such as DE.': 'Land mit zwei Buchstaben, etwa DE.',
  'Public holidays of': 'Feiertage von',
  'State or region, such as BY.': 'Bundesland oder Region, etwa BY.',
  Region: 'Region',
  'iCal feed of further holidays': 'iCal-Feed weiterer freier Tage',
  'Working hours are the measure of every promise. Begin with your normal week.':
    'Die Arbeitszeit ist das Maß jeder Zusage. Beginnen Sie mit Ihrer normalen Woche.',
  Calendars: 'Kalender',
  'What is promised for some services to some people, by us, between teams or by a supplier.':
    'Was für einige Services einigen Personen zugesagt ist, von uns, zwischen Teams oder von einem Lieferanten.',
  'Service level': 'Service-Level',
  'Service levels': 'Service-Levels',
  'To the business': 'Für die Fachbereiche',
  'Between teams': 'Zwischen Teams',
  'From a supplier': 'Von einem Lieferanten',
  'Empty: every service.': 'Leer: jeder Service.',
  'Units with everything below them; empty: everybody.': 'Bereiche mit allem darunter; leer: alle.',
  'Requester groups': 'Gruppen der Meldenden',
  'For an agreement between teams: whose part it is.': 'Für eine Vereinbarung zwischen Teams: wessen Anteil sie ist.',
  'For a supplier: who has promised it.': 'Bei einem Lieferanten: wer es zugesagt hat.',
  'Where several apply, the lowest rank holds.': 'Wo mehrere zutreffen, gilt der niedrigste Rang.',
  'When the clock stands still, and why.': 'Wann die Frist ruht, und warum.',
  'A service level says how fast we answer and restore. Its clocks then explain themselves on every incident.':
    'Ein Service-Level sagt, wie schnell wir antworten und wiederherstellen. Seine Fristen erklären sich dann an jeder Störung selbst.',
  Supplier: 'Lieferant',
  Rank: 'Rang',
  Pauses: 'Ruhezeiten',
  'One promise of a service level: a clock, a priority and a time.':
    'Eine Zusage eines Service-Levels: eine Frist, eine Priorität und eine Zeit.',
  'firstResponse, resolution, assignment, or another clock of the record.':
    'firstResponse, resolution, assignment oder eine andere Frist des Datensatzes.',
  'Empty: every priority without a target of its own.': 'Leer: jede Priorität ohne eigenes Ziel.',
  minutes: 'Minuten',
}
