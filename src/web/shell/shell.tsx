// The frame around every page: header, navigation, palette, key sheet; listens to keys and to live changes.
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useState, lazy } from 'react'
import { startLive } from '../data/live.ts'
import { useMe, useModel } from '../data/model.ts'
import { setPerson } from '../fields/format.ts'
import { languages, type Language } from '../messages/catalogues.ts'
import { useLanguage, withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { useActions, type Action } from '../ui/actions.ts'
import { useKeyboard } from '../ui/keys.ts'
import { Header } from './header.tsx'
import { PhoneBar } from '../phone/phone-bar.tsx'
import { Nav } from './nav.tsx'
import { Offline } from './offline.tsx'
import { filledPlaces } from './places.ts'
import { PrintFoot } from './print-foot.tsx'
import { SomebodyElse } from './somebody-else.tsx'
import { prefer, useApplied, useSpoken, useThemeToggle } from './preferences.ts'
import './shell.css'

const NavDrawer = lazy(() => import('./nav-drawer.tsx').then(({ NavDrawer: component }) => ({ default: component })))
const Palette = lazy(() => import('./palette.tsx').then(({ Palette: component }) => ({ default: component })))
const Viewing = lazy(() =>
  withWords('access', import('../access/viewing.tsx')).then(({ Viewing: component }) => ({ default: component })),
)
const Bars = lazy(() =>
  withWords('offline', import('../offline/bars.tsx')).then(({ Bars: component }) => ({ default: component })),
)
const KeySheet = lazy(() => import('./key-sheet.tsx').then(({ KeySheet: component }) => ({ default: component })))

const HelpDialog = lazy(() =>
  withWords('help', import('../help/help-dialog.tsx')).then(({ HelpDialog: component }) => ({ default: component })),
)

type Overlay = 'palette' | 'keys' | 'help' | 'create' | null

export function Shell() {
  const me = useMe()
  const model = useModel()
  useLanguage()
  setPerson(me)
  useSpoken(me.preferences)
  useApplied(me.preferences)
  useKeyboard(me.preferences.singleKeys !== false)
  useEffect(() => startLive(model), [model])
  const [open, setOpen] = useState<Overlay>(null)
  const [drawer, setDrawer] = useState(false)
  const address = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => setDrawer(false), [address])
  useShellActions(setOpen)
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {messages.shell.skip}
      </a>
      <Header
        onSearch={() => setOpen('palette')}
        onMenu={() => setDrawer(true)}
        onKeys={() => setOpen('keys')}
        onHelp={() => setOpen('help')}
        creating={open === 'create'}
        onCreating={(on) => setOpen(on ? 'create' : null)}
      />
      <div className="shell-nav">
        <Nav />
      </div>
      <main id="content" className="shell-main" tabIndex={-1}>
        <Offline />
        <SomebodyElse />
        <Suspense fallback={null}>
          <Bars />
        </Suspense>
        {me.viewer && (
          <Suspense fallback={null}>
            <Viewing me={me} />
          </Suspense>
        )}
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <PhoneBar onSearch={() => setOpen('palette')} />
      <PrintFoot />
      <Suspense fallback={null}>
        {drawer && <NavDrawer onClose={() => setDrawer(false)} />}
        {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
        {open === 'help' && <HelpDialog onClose={() => setOpen(null)} onKeys={() => setOpen('keys')} />}
        {open === 'keys' && <KeySheet onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  )
}

/** The letter of each place: the first of its name that no place before it took. */
function letters(labels: string[]): string[] {
  const taken = new Set<string>()
  return labels.map((label) => {
    const letter = Array.from(label.toLowerCase()).find((one) => /[a-z]/.test(one) && !taken.has(one)) ?? ''
    taken.add(letter)
    return letter
  })
}

function useShellActions(setOpen: (overlay: Overlay) => void) {
  const navigate = useNavigate()
  const toggle = useThemeToggle()
  const places = filledPlaces(useModel())
  const keys = letters(places.map((entry) => entry.place.label))
  const go = places.map(({ place, address }, at): Action => ({
    id: `go-${place.name}`,
    label: messages.keys.goTo(place.label),
    keys: `g ${keys[at]}`,
    hidden: true,
    group: messages.shell.places,
    run: () => void navigate({ to: address }),
  }))
  const spoken = useLanguage()
  const tongues = (Object.keys(languages) as Language[])
    .filter((language) => language !== spoken)
    .map((language): Action => ({
      id: `language-${language}`,
      label: messages.palette.speak(languages[language]),
      run: () => void prefer({ language }),
    }))
  useActions([
    { id: 'palette', label: messages.keys.palette, keys: 'mod+k', hidden: true, run: () => setOpen('palette') },
    { id: 'keys', label: messages.keys.sheet, keys: '?', run: () => setOpen('keys') },
    { id: 'help', label: messages.shell.help, run: () => setOpen('help') },
    { id: 'create', label: messages.keys.create, keys: 'c', hidden: true, run: () => setOpen('create') },
    { id: 'theme', label: messages.palette.theme, run: toggle },
    { id: 'scan', label: messages.phone.scanCode, run: () => void navigate({ to: '/scan' }) },
    { id: 'settings', label: messages.palette.settings, run: () => void navigate({ to: '/settings' }) },
    ...tongues,
    ...go,
  ])
}
