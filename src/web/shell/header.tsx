// The bar on top: the product, the search box, New, the theme and the person.
import { ActionIcon } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { call, isUnreachable } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { sentenceOf } from '../data/problem.ts'
import { queryClient } from '../data/queries.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { initialsOf } from '../ui/initials.ts'
import { Menu } from '../ui/menu.tsx'
import { complain } from '../ui/toast.tsx'
import { Bell } from './bell.tsx'
import { CreateMenu } from './create-menu.tsx'
import { keyWords } from '../ui/keys.ts'
import { useIsDark, useThemeToggle } from './preferences.ts'

interface HeaderProps {
  onSearch: () => void
  onMenu: () => void
  onKeys: () => void
  onHelp: () => void
  creating: boolean
  onCreating: (open: boolean) => void
}

export function Header({ onSearch, onMenu, onKeys, onHelp, creating, onCreating }: HeaderProps) {
  const dark = useIsDark()
  const toggle = useThemeToggle()
  const words = messages.shell
  return (
    <header className="shell-header">
      <span className="shell-menu">
        <ActionIcon aria-label={words.menu} onClick={onMenu}>
          <Icon name="menu" size={20} />
        </ActionIcon>
      </span>
      <Link to="/" className="shell-product">
        <Icon name="wheel" size={20} />
        <span>{messages.product}</span>
      </Link>
      <button type="button" className="shell-search" onClick={onSearch} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span>{words.search}</span>
        <kbd aria-hidden="true">{keyWords('mod+k').join(' ')}</kbd>
      </button>
      <div className="shell-tools">
        <span className="shell-search-small">
          <ActionIcon aria-label={words.search} onClick={onSearch}>
            <Icon name="search" size={18} />
          </ActionIcon>
        </span>
        <CreateMenu opened={creating} onChange={onCreating} />
        <Bell />
        <ActionIcon aria-label={words.help} onClick={onHelp}>
          <Icon name="help" size={18} />
        </ActionIcon>
        <span className="wide-only">
          <ActionIcon aria-label={dark ? words.toLight : words.toDark} onClick={toggle}>
            <Icon name={dark ? 'sun' : 'moon'} size={18} />
          </ActionIcon>
        </span>
        <Account onKeys={onKeys} onTheme={toggle} dark={dark} />
      </div>
    </header>
  )
}

function Account({ onKeys, onTheme, dark }: { onKeys: () => void; onTheme: () => void; dark: boolean }) {
  const me = useMe()
  const navigate = useNavigate()
  const name = me.person?.title ?? me.org.name
  async function signOut() {
    try {
      const { mayLeave, leaveNothing } = await withWords('offline', import('../offline/leave.ts'))
      if (!(await mayLeave())) return
      const ended = await call<{ to: string | null }>('/sign-in/end', { method: 'POST', body: {} }).catch(
        async (error: unknown) => {
          if (isUnreachable(error)) await leaveNothing()
          throw error
        },
      )
      const { to } = ended.body
      await leaveNothing()
      queryClient.clear()
      location.assign(to ?? '/login') // the provider's own page, when it has one: whoever comes next must not get in with it
    } catch (error) {
      complain(isUnreachable(error) ? messages.errors.stillIn : sentenceOf(error))
    }
  }
  return (
    <Menu
      entries={[
        { heading: name, hint: me.person?.email ?? me.org.name },
        {
          label: messages.shell.settings,
          icon: <Icon name="gear" />,
          run: () => void navigate({ to: '/settings' }),
        },
        {
          label: dark ? messages.shell.toLight : messages.shell.toDark,
          icon: <Icon name={dark ? 'sun' : 'moon'} />,
          run: onTheme,
        },
        { label: messages.shell.keys, icon: <Icon name="key" />, run: onKeys },
        'line',
        { label: messages.shell.signOut, run: () => void signOut() },
      ]}
    >
      <button type="button" className="avatar">
        <span aria-hidden="true">{initialsOf(name)}</span>
        <span className="hidden-text">
          {messages.shell.account}: {name}
        </span>
      </button>
    </Menu>
  )
}
