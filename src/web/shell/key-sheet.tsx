// The key sheet (?): every key that works on this page, from the same list that the keyboard uses.
import { messages } from '../messages/messages.ts'
import { useCurrentActions } from '../ui/actions.ts'
import { keyWords } from '../ui/keys.ts'
import { Dialog } from '../ui/dialog.tsx'

export function KeySheet({ onClose }: { onClose: () => void }) {
  const actions = useCurrentActions().filter((action) => action.keys)
  const groups = [...new Set(actions.map((action) => action.group ?? messages.keys.everywhere))]
  return (
    <Dialog onClose={onClose} title={messages.keys.title} size={640}>
      <div style={{ columns: '260px 2', columnGap: 'var(--space-8)' }}>
        {groups.map((group) => (
          <section key={group} style={{ breakInside: 'avoid', marginBlockEnd: 'var(--space-4)' }}>
            <h3>{group}</h3>
            <dl>
              {actions
                .filter((action) => (action.group ?? messages.keys.everywhere) === group)
                .map((action) => (
                  <div key={action.id} className="spread" style={{ paddingBlock: 3, flexWrap: 'nowrap' }}>
                    <dt className="small">{action.label}</dt>
                    <dd className="row" style={{ flex: 'none', gap: 4 }}>
                      {keyWords(action.keys?.split('|')[0] ?? '').map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="quiet small">{messages.keys.help}</p>
    </Dialog>
  )
}
