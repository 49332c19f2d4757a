/** A calendar as text (iCalendar, RFC 5545): what programs on desks and phones subscribe to. */
import ICAL from 'ical.js'

/** Something on a day, on several, or at an instant. */
export interface CalendarEntry {
  /** The same for ever: a program that reads again changes the entry it has. */
  readonly uid: string
  readonly title: string
  readonly description: string
  /** Its page; null where there is none. */
  readonly url: string | null
  readonly category: string
  /** YYYY-MM-DD, the last one included; or the instant (ISO 8601) at which it is due. */
  readonly when: { readonly first: string; readonly last: string } | { readonly at: string }
  readonly rev: number
  readonly updatedAt: string
}
/** Due times have no length. Programs draw nothing for that, so they end where they are due. */
const DUE_MINUTES = 30
const REFRESH = 'PT15M'

// The library leaves the space that begins a folded line uncounted; a line has 75 octets at most with it.
ICAL.foldLength = 74

/** @returns the text with its lines folded and ended as RFC 5545 asks; the same entries give the same text */
export function calendarText(name: string, entries: readonly CalendarEntry[]): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Pilothouse//Calendar feed//EN')
  calendar.addPropertyWithValue('calscale', 'GREGORIAN')
  calendar.addPropertyWithValue('method', 'PUBLISH')
  calendar.addPropertyWithValue('x-wr-calname', name)
  calendar.addPropertyWithValue('name', name)
  const refresh = new ICAL.Property('refresh-interval')
  refresh.resetType('duration')
  refresh.setValue(ICAL.Duration.fromString(REFRESH))
  calendar.addProperty(refresh)
  for (const entry of entries) calendar.addSubcomponent(eventOf(entry))
  return `${calendar.toString()}\r\n`
}

function eventOf(entry: CalendarEntry): ICAL.Component {
  const event = new ICAL.Component('vevent')
  event.addPropertyWithValue('uid', entry.uid)
  event.addPropertyWithValue('dtstamp', instant(entry.updatedAt))
  event.addPropertyWithValue('last-modified', instant(entry.updatedAt))
  event.addPropertyWithValue('sequence', entry.rev)
  event.addPropertyWithValue('summary', entry.title)
  event.addPropertyWithValue('description', entry.description)
  event.addPropertyWithValue('categories', entry.category)
  if (entry.url !== null) event.addPropertyWithValue('url', entry.url)
  if ('at' in entry.when) {
    const end = instant(entry.when.at)
    const start = end.clone()
    start.adjust(0, 0, -DUE_MINUTES, 0)
    event.addPropertyWithValue('dtstart', start)
    event.addPropertyWithValue('dtend', end)
  } else {
    event.addPropertyWithValue('dtstart', ICAL.Time.fromDateString(entry.when.first))
    // The end of whole days is the first day that does not belong to them.
    const end = ICAL.Time.fromDateString(entry.when.last)
    end.adjust(1, 0, 0, 0)
    event.addPropertyWithValue('dtend', end)
    // Whoever has something due is not busy all day.
    event.addPropertyWithValue('transp', 'TRANSPARENT')
  }
  return event
}

/** To the second: programs know no parts of it. */
function instant(iso: string): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(iso), true)
}
