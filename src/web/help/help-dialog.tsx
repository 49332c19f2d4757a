// Help in place: what this page is, its keys, and where the guide goes on. One button in the same place on every page opens it (WCAG 2.2, 3.2.6).
import { Button } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { useMe, useModel } from '../data/model.ts'
import { helpWords } from '../messages/help.ts'
import { messages } from '../messages/messages.ts'
import { useCurrentActions } from '../ui/actions.ts'
import { Dialog } from '../ui/dialog.tsx'
import { keyWords } from '../ui/keys.ts'
import { helpOf } from './help-of.ts'
import './help.css'

const words = helpWords.help

export function HelpDialog({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { title, lines, chapter } = helpOf(path, useModel())
  const isAdministrator = useMe().roles.includes('administrator')
  const keys = useCurrentActions().filter((action) => action.keys && action.group && action.group !== messages.shell.places) // oxfmt-ignore
  return (
    <Dialog title={words.title(title)} size={560} onClose={onClose}>
      <div className="stack help">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <ul>
          <li>
            <Link to={`/guide/${chapter}`} onClick={onClose}>
              {words.guide(helpWords.chapters[chapter])}
            </Link>
          </li>
          <li>
            <Link to="/guide" onClick={onClose}>
              {words.wholeGuide}
            </Link>
          </li>
          {isAdministrator && (
            <li>
              <Link to="/first-steps" onClick={onClose}>
                {words.firstSteps}
              </Link>
            </li>
          )}
        </ul>
        {keys.length > 0 && (
          <section className="stack">
            <h3>{words.keysHere}</h3>
            <dl className="help-keys">
              {keys.map((action) => (
                <div key={action.id}>
                  <dt>{action.label}</dt>
                  <dd>
                    {keyWords(action.keys?.split('|')[0] ?? '').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        <div>
          <Button onClick={onKeys}>{messages.keys.sheet}</Button>
        </div>
      </div>
    </Dialog>
  )
}
