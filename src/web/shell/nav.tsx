// The navigation: places, what is in the open place, pinned views, settings.
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { listAddress, useMe, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { isPinned, savedViewsQuery, viewAddress } from '../list/saved-views.ts'
import { Icon, iconNamed } from '../ui/icon.tsx'
import { filledPlaces, type FilledPlace } from './places.ts'

export function Nav() {
  const model = useModel()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <nav aria-label={messages.shell.places} className="nav">
      <ul className="plain">
        {filledPlaces(model).map((entry) => (
          <PlaceItem key={entry.place.name} entry={entry} path={path} />
        ))}
      </ul>
      <Pinned />
      <ul className="plain nav-end">
        <li>
          <Link to="/settings" className="nav-item" data-here={path.startsWith('/settings') || undefined}>
            <Icon name="gear" size={17} />
            {messages.shell.settings}
          </Link>
        </li>
      </ul>
    </nav>
  )
}

function PlaceItem({ entry, path }: { entry: FilledPlace; path: string }) {
  const { place, records, screens, address } = entry
  const open =
    path === `/${place.name}` || path.startsWith(`/${place.name}/`) || screens.some((screen) => screen.path === path)
  const inside = [...screens.filter((one) => one.first), ...screens.filter((one) => !one.first)]
  const many = records.length + screens.length > 1
  return (
    <li>
      <Link to={address} className="nav-item" data-open={open || undefined} data-here={(open && !many) || undefined}>
        <Icon name={iconNamed(place.icon)} size={17} />
        {place.label}
      </Link>
      {open && many && (
        <ul className="plain nav-inside">
          {inside
            .filter((one) => one.first)
            .map((one) => (
              <Inside key={one.path} to={one.path} label={one.label} path={path} />
            ))}
          {records.map((record) => (
            <Inside key={record.name} to={listAddress(record)} label={record.labelPlural} path={path} />
          ))}
          {inside
            .filter((one) => !one.first)
            .map((one) => (
              <Inside key={one.path} to={one.path} label={one.label} path={path} />
            ))}
        </ul>
      )}
    </li>
  )
}

function Inside({ to, label, path }: { to: string; label: string; path: string }) {
  const here = path === to || path.startsWith(`${to}/`)
  return (
    <li>
      <Link to={to} search={{}} className="nav-item nav-sub" data-here={here || undefined}>
        <span className="clip">{label}</span>
      </Link>
    </li>
  )
}

function Pinned() {
  const model = useModel()
  const me = useMe()
  const views = useQuery(savedViewsQuery(model)).data?.items.filter((view) => isPinned(view, me)) ?? []
  if (views.length === 0) return null
  return (
    <section aria-labelledby="pinned">
      <h2 id="pinned" className="nav-title">
        {messages.shell.pinned}
      </h2>
      <ul className="plain">
        {views.map((view) => {
          const address = viewAddress(model, view)
          return (
            address && (
              <li key={view.id}>
                <Link {...address} className="nav-item">
                  <Icon name="pin" size={15} />
                  <span className="clip">{view.name}</span>
                </Link>
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}
