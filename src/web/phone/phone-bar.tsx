// The bar at the bottom of a telephone, within reach of a thumb: look up, scan, report, and what can be done with the record on the screen.
import { useNavigate } from '@tanstack/react-router'
import { listAddress, recordNamed, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { useCurrentActions } from '../ui/actions.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import './phone.css'

interface Deed {
  readonly label: string
  readonly icon: IconName
  readonly run: () => void
}

export function PhoneBar({ onSearch }: { onSearch: () => void }) {
  const navigate = useNavigate()
  const actions = useCurrentActions()
  const incidents = recordNamed(useModel(), 'incident')
  const words = messages.phone
  const ofPage = (id: string, label: string, icon: IconName): Deed[] => {
    const action = actions.find((one) => one.id === id)
    return action ? [{ label, icon, run: action.run }] : []
  }
  const deeds: Deed[] = [
    ...ofPage('move', words.move, 'right'),
    ...ofPage('comment', words.comment, 'edit'),
    ...(incidents?.can.create
      ? [
          {
            label: words.report,
            icon: 'plus' as const,
            run: () => void navigate({ to: `${listAddress(incidents)}/new` }),
          },
        ]
      : []),
    { label: words.lookUp, icon: 'search', run: onSearch },
    { label: words.scan, icon: 'scan', run: () => void navigate({ to: '/scan' }) },
  ]
  return (
    <nav className="phone-bar" aria-label={words.bar}>
      {deeds.map(({ label, icon, run }) => (
        <button key={label} type="button" onClick={run}>
          <Icon name={icon} size={20} />
          {label}
        </button>
      ))}
    </nav>
  )
}
