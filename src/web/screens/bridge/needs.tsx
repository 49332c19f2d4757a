// What needs this person today, worst first; each line opens its list.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Search } from '../../data/address.ts'
import { linkTo } from '../../data/link.ts'
import { bridgeWords } from '../../messages/bridge.ts'
import { Sign } from '../../ui/state.tsx'
import type { Bridge } from './contract.ts'
import { Panel } from './panel.tsx'

const words = bridgeWords.bridge.needs
const shownFirst = 6

export function Needs({ bridge }: { bridge: Bridge }) {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const all = search['needs'] === 'all'
  const shown = all ? bridge.needs : bridge.needs.slice(0, shownFirst)
  return (
    <Panel title={words.title} about={bridge.needsInAll > 0 ? words.of(shown.length, bridge.needsInAll) : ''}>
      {shown.length === 0 ? (
        <p className="quiet bridge-empty">{words.none}</p>
      ) : (
        <ul className="plain bridge-lines">
          {shown.map((need) => (
            <li key={need.kind}>
              <Link {...linkTo(need.link)} className="bridge-line">
                <Sign tone={need.urgency} />
                <span className="hidden-text">{words.urgency[need.urgency]}</span>
                <span className="bridge-what">{need.text}</span>
                <span className="quiet small">{need.place}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {bridge.needs.length > shownFirst && (
        <button
          type="button"
          className="link-button small bridge-more"
          onClick={() =>
            void navigate({ to: '.', search: { ...search, needs: all ? undefined : 'all' }, replace: true })
          }
        >
          {all ? words.fewer : words.all}
        </button>
      )}
    </Panel>
  )
}
