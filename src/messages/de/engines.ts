/** German texts of what is computed: hours, clocks, recurrence, mappings. */
export const engines: Readonly<Record<string, string>> = {
  '{0} to {1}': '{0} bis {1}',
  'The column is named like the field.': 'Die Spalte heißt wie das Feld.',
  'The name stands in two columns.': 'Der Name steht in zwei Spalten.',
  'The column is named “{0}”, as the field.': 'Die Spalte heißt „{0}“, wie das Feld.',
  '“{0}” is a known name of {1}.': '„{0}“ ist ein bekannter Name für {1}.',
  'Other tools call {0} “{1}”.': 'In anderen Werkzeugen heißt {0} „{1}“.',
  '“{0}” and {1} share words.': '„{0}“ und {1} haben Wörter gemeinsam.',
  '{0} {1} % of the samples fit.': '{0} {1} % der Stichproben passen.',
  '{0} But only {1} % of the samples fit.': '{0} Aber nur {1} % der Stichproben passen.',
  'Its values look like {0}.': 'Die Werte sehen aus wie {0}.',
  'Its values are the choices of {0}.': 'Die Werte sind die Auswahl von {0}.',
  'The calendar has no service hours within ten years of {0}. Give it weekly hours, or newer shifts.':
    'Der Kalender hat zehn Jahre um {0} keine Servicezeiten. Geben Sie ihm Wochenzeiten oder neuere Schichten.',
  'The answer lies outside the years 1900 to 2200. Check the start and the amount of time.':
    'Das Ergebnis liegt außerhalb der Jahre 1900 bis 2200. Prüfen Sie den Beginn und die Dauer.',
  'The answer lies more than {0} years away from the start. Give less time, or a calendar with more service hours.':
    'Das Ergebnis liegt mehr als {0} Jahre vom Beginn entfernt. Geben Sie weniger Zeit an oder einen Kalender mit mehr Servicezeiten.',
  'Is {0} {1}?': 'Ist {0} {1}?',
  'a number': 'eine Zahl',
  'Write it like 1234.5, or choose the decimal sign of the column.':
    'Schreiben Sie es wie 1234.5, oder wählen Sie das Dezimalzeichen der Spalte.',
  'an amount of money': 'ein Geldbetrag',
  'Write it like 1234.50 EUR.': 'Schreiben Sie es wie 1234.50 EUR.',
  'yes or no': 'Ja oder Nein',
  'Write yes or no.': 'Schreiben Sie ja oder nein.',
  'a duration': 'eine Dauer',
  'Write it like 1h 30m, 01:30 or 90.': 'Schreiben Sie es wie 1h 30m, 01:30 oder 90.',
  'a date and time': 'ein Zeitpunkt mit Datum und Uhrzeit',
  'Write it like 2026-03-01 08:15, or choose the form of the column’s dates.':
    'Schreiben Sie es wie 2026-03-01 08:15, oder wählen Sie das Datumsformat der Spalte.',
  'a day of the calendar': 'ein Kalendertag',
  'Write it like 2026-03-01, or choose the form of the column’s dates.':
    'Schreiben Sie es wie 2026-03-01, oder wählen Sie das Datumsformat der Spalte.',
  'an e-mail address': 'eine E-Mail-Adresse',
  'Write it like name@example.com.': 'Schreiben Sie es wie name@example.com.',
  'a web address': 'eine Webadresse',
  'Write it with https:// in front.': 'Schreiben Sie https:// davor.',
  'an IP address or network': 'eine IP-Adresse oder ein Netz',
  'Write it like 192.0.2.10, 192.0.2.0/24 or 2001:db8::1.':
    'Schreiben Sie es wie 192.0.2.10, 192.0.2.0/24 oder 2001:db8::1.',
  JSON: 'JSON',
  'Write it like {"name": "value"}.': 'Schreiben Sie es wie {"name": "value"}.',
  'a value of this field': 'ein Wert dieses Felds',
  'Write it differently, or leave it out.': 'Schreiben Sie es anders, oder lassen Sie es weg.',
  '{0}: “{1}” is not {2}.': '{0}: „{1}“ ist nicht {2}.',
  '{0}: “{1}” is none of its choices.': '{0}: „{1}“ gehört nicht zur Auswahl.',
  'Use one of: {0}{1}; or say in the mapping which of them it means.':
    'Verwenden Sie eines von: {0}{1}; oder geben Sie in der Zuordnung an, was davon gemeint ist.',
  '{0}: “{1}” may be read day first or month first.':
    '{0}: Bei „{1}“ kann zuerst der Tag oder zuerst der Monat stehen.',
  '{0}: “{1}” came twice in {2}, because the clock was put back. The first one ({3}) is taken.':
    '{0}: „{1}“ gab es in {2} zweimal, weil die Uhr zurückgestellt wurde. Genommen wird das erste Mal ({3}).',
  'If the second one is meant, write {0} behind the time.':
    'Wenn das zweite Mal gemeint ist, schreiben Sie {0} hinter die Uhrzeit.',
  '{0}: “{1}” never came in {2}, because the clock was put forward past it. It is taken as {3} ({4}).':
    '{0}: „{1}“ gab es in {2} nicht, weil die Uhr darüber hinweg vorgestellt wurde. Genommen wird {3} ({4}).',
  'Correct it, or write the offset behind the time.':
    'Berichtigen Sie es, oder schreiben Sie den Abstand zu UTC hinter die Uhrzeit.',
  'Say in the mapping in which order the dates of this column are written.':
    'Geben Sie in der Zuordnung an, in welcher Reihenfolge die Daten dieser Spalte geschrieben sind.',
  '{0} has {1} characters; at most {2} fit.': '{0} hat {1} Zeichen; höchstens {2} passen.',
  'Shorten it, or map the column to a field for long text.':
    'Kürzen Sie es, oder ordnen Sie die Spalte einem Feld für langen Text zu.',
  'The priority matrix has no cell for impact "{0}" and urgency "{1}". Add it in the settings.':
    'Die Prioritätsmatrix hat kein Feld für Auswirkung „{0}“ und Dringlichkeit „{1}“. Ergänzen Sie es in den Einstellungen.',
  'Name at least one.': 'Nennen Sie mindestens eines.',
  'Give it a name.': 'Geben Sie einen Namen an.',
  '"{0}" is there twice. Remove one.': '„{0}“ kommt zweimal vor. Entfernen Sie eines davon.',
  'Choose a priority for impact "{0}" and urgency "{1}".':
    'Wählen Sie eine Priorität für Auswirkung „{0}“ und Dringlichkeit „{1}“.',
  '"{0}" is none of {1}. Choose one of them.': '„{0}“ gehört nicht zu {1}. Wählen Sie eine davon.',
  'No such impact or urgency is left. Remove this cell.':
    'Diese Auswirkung oder Dringlichkeit gibt es nicht mehr. Entfernen Sie dieses Feld der Matrix.',
  '{0} is less pressing than {1} beside it, with less impact or urgency. Raise it.':
    '{0} ist weniger dringend als {1} daneben, bei weniger Auswirkung oder Dringlichkeit. Stufen Sie es höher ein.',
  '"{0}" is no known time zone. Choose one such as Europe/Paris.':
    '„{0}“ ist keine bekannte Zeitzone. Wählen Sie eine wie Europe/Berlin.',
  '"{0}" is no calendar day. Write an existing day as 2026-04-03.':
    '„{0}“ ist kein Kalendertag. Schreiben Sie einen existierenden Tag als 2026-04-03.',
  'The rule ends before it happens once. Move its end, or its first day.':
    'Die Regel endet, bevor sie einmal eintritt. Verschieben Sie ihr Ende oder ihren ersten Tag.',
  '"{0}" is not part of a rule for days. Write it like FREQ=MONTHLY;BYMONTHDAY=15.':
    '„{0}“ gehört nicht zu einer Regel für Tage. Schreiben Sie sie wie FREQ=MONTHLY;BYMONTHDAY=15.',
  'An obligation comes back daily at most. Use FREQ=DAILY or slower.':
    'Eine Regelaufgabe kommt höchstens täglich wieder. Verwenden Sie FREQ=DAILY oder seltener.',
  '"{0}" is no day of a month. Use 1 to 31, or -1 for the last day.':
    '„{0}“ ist kein Tag eines Monats. Verwenden Sie 1 bis 31, oder -1 für den letzten Tag.',
  'The rule "{0}" cannot be used: {1}.': 'Die Regel „{0}“ lässt sich nicht verwenden: {1}.',
  'The rule "{0}" never happens. Name days that exist.': 'Die Regel „{0}“ trifft nie zu. Nennen Sie Tage, die es gibt.',
  '"{0}" is no month. Use 1 to 12.': '„{0}“ ist kein Monat. Erlaubt ist 1 bis 12.',
  'A calendar is an object with a timezone and hours.': 'Ein Kalender ist ein Objekt mit Zeitzone und Zeiten.',
  '{0} is no known time zone. Choose one such as Europe/Paris.':
    '{0} ist keine bekannte Zeitzone. Wählen Sie eine wie Europe/Berlin.',
  'Give the hours of each weekday: {"mon": [["09:00","17:00"]]}.':
    'Geben Sie die Zeiten jedes Wochentags an: {"mon": [["09:00","17:00"]]}.',
  '"{0}" is no weekday. Use {1}.': '„{0}“ ist kein Wochentag. Verwenden Sie {1}.',
  'Give holidays as a list of days: ["2026-01-01"].': 'Geben Sie freie Tage als Liste von Tagen an: ["2026-01-01"].',
  'Give {0} by day: {"2026-12-24": [["09:00","12:00"]]}.':
    'Geben Sie {0} je Tag an: {"2026-12-24": [["09:00","12:00"]]}.',
  '{0} days are too many: a calendar keeps up to {1}. Leave out those that are long past.':
    '{0} Tage sind zu viele: Ein Kalender fasst bis zu {1}. Lassen Sie die weg, die lange vergangen sind.',
  '{0} is no calendar day. Write an existing day as 2026-04-03.':
    '{0} ist kein Kalendertag. Schreiben Sie einen existierenden Tag als 2026-04-03.',
  'Give a list of openings: [["09:00","12:00"],["13:00","17:00"]].':
    'Geben Sie eine Liste von Öffnungen an: [["09:00","12:00"],["13:00","17:00"]].',
  '{0} openings are too many for one day: give up to {1}. Join those that touch.':
    '{0} Öffnungen sind zu viele für einen Tag: Geben Sie bis zu {1} an. Verbinden Sie die, die aneinandergrenzen.',
  '{0} is no opening. Write ["09:00","17:00"].': '{0} ist keine Öffnung. Schreiben Sie ["09:00","17:00"].',
  '"{0}" is no time of day. Write 00:00 to 24:00.': '„{0}“ ist keine Uhrzeit. Schreiben Sie 00:00 bis 24:00.',
  '{0} to {1} ends before it starts. Split a night at midnight: {2} to 24:00, then 00:00 to {3} on the next day.':
    '{0} bis {1} endet, bevor es beginnt. Teilen Sie eine Nacht um Mitternacht: {2} bis 24:00, dann 00:00 bis {3} am nächsten Tag.',
  '{0} to {1} overlaps {2} to {3}. Join them, or end the first one earlier.':
    '{0} bis {1} überschneidet sich mit {2} bis {3}. Verbinden Sie beide, oder beenden Sie die erste früher.',
  'This calendar never opens. Give at least one weekday an opening.':
    'Dieser Kalender öffnet nie. Geben Sie mindestens einem Wochentag eine Öffnung.',
  'Starts {0} ({1}) with {2} to use.': 'Beginnt {0} ({1}), verfügbar sind {2}.',
  'Closed until {0}.': 'Geschlossen bis {0}.',
  '{0} left': '{0} übrig',
  'all used': 'alles verbraucht',
  '{0} in the special hours of that day: {1}, {2}.': '{0} in den besonderen Zeiten dieses Tages: {1}, {2}.',
  '{0} more openings and {1} holidays until {2}: ': '{0} weitere Öffnungen und {1} freie Tage bis {2}: ',
  '{0}, {1} left.': '{0}, {1} übrig.',
  '{0} is no amount of service time. Give 0 seconds or more; subtractWorking goes back.':
    '{0} ist keine Dauer von Servicezeit. Geben Sie 0 Sekunden oder mehr an; subtractWorking geht zurück.',
  'Started {0} ({1}). Target: {2}.': 'Begonnen {0} ({1}). Ziel: {2}.',
  '{0} of service hours': '{0} Servicezeit',
  '{0}, to the end of the day ({1} of service hours)': '{0}, bis zum Ende des Tages ({1} Servicezeit)',
  '{0}, at the same time of day ({1} of service hours)': '{0}, zur selben Tageszeit ({1} Servicezeit)',
  'Ran {0}: {1}, {2} left.': 'Lief {0}: {1}, {2} übrig.',
  'since {0}': 'seit {0}',
  'Paused {0} ({1}): {2} of service hours do not count.': 'Ruhte {0} ({1}): {2} Servicezeit zählen nicht.',
  'If it resumed now, it would be due {0}.': 'Liefe die Frist jetzt weiter, wäre sie fällig {0}.',
  'Due {0}.': 'Fällig {0}.',
  '{0} used': '{0} verbraucht',
  'At {0}: {1}, {2} left.': 'Stand {0}: {1}, {2} übrig.',
  'At {0}: paused with {1}, {2} left.': 'Stand {0}: ruht mit {1}, {2} übrig.',
  'Met {0}: {1}, {2} to spare.': 'Eingehalten {0}: {1}, {2} Reserve.',
  'Cancelled {0}: {1}, {2} to spare.': 'Zurückgezogen {0}: {1}, {2} Reserve.',
  'Overdue at {0}: {1}, {2} over.': 'Überfällig, Stand {0}: {1}, {2} darüber.',
  'Stopped too late at {0}: {1}, {2} over.': 'Zu spät beendet {0}: {1}, {2} darüber.',
  '"{0}" is no calendar day. Write it as 2026-04-03.': '„{0}“ ist kein Kalendertag. Schreiben Sie ihn als 2026-04-03.',
  '{0} is no number of working days. Give a whole number up to {1}.':
    '{0} ist keine Anzahl von Arbeitstagen. Geben Sie eine ganze Zahl bis {1} an.',
}
