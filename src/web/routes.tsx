// The addresses of the application. Pages beyond the list are loaded when they are first opened.
import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { meQuery, modelQuery, queryClient } from './data/queries.ts'
import { Problem } from './data/problem.ts'
import { homeAddress } from './shell/places.ts'
import { screens } from './screens/registry.ts'
import { Shell } from './shell/shell.tsx'
import { readSearch, writeSearch, type Search } from './data/address.ts'
import { withWords } from './messages/language.ts'
import { page } from './shell/spoken-page.tsx'
import { Fault } from './ui/fault.tsx'
import { NotFound, NotFoundAlone } from './shell/not-found.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundAlone })
const validateSearch = (search: Record<string, unknown>): Search => search as Search

/** Everything behind the sign-in: waits for the person and the kinds of record. */
const app = createRoute({
  id: 'app',
  getParentRoute: () => root,
  validateSearch,
  beforeLoad: async ({ location }) => {
    try {
      await Promise.all([queryClient.ensureQueryData(meQuery), queryClient.ensureQueryData(modelQuery)])
    } catch (error) {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: '/login', search: { to: location.href } })
      if (error instanceof Problem && error.body.type?.endsWith(':second-factor') === true)
        throw redirect({ to: '/second-factor' })
      throw error
    }
  },
  component: Shell,
  errorComponent: ({ error, reset }) => <Fault error={error} again={reset} />,
})

const index = createRoute({
  path: '/',
  getParentRoute: () => app,
  beforeLoad: async () => {
    const address = homeAddress(await queryClient.ensureQueryData(modelQuery))
    if (address !== null) throw redirect({ to: address, replace: true })
  },
  component: page(() => import('./shell/nothing.tsx'), 'Nothing'),
})

const place = createRoute({
  path: '/$place',
  getParentRoute: () => app,
  beforeLoad: async ({ params }) => {
    const address = homeAddress(await queryClient.ensureQueryData(modelQuery), params.place)
    if (address !== null) throw redirect({ to: address, replace: true })
  },
  component: NotFound,
})

const list = createRoute({
  path: '/$place/$plural',
  getParentRoute: () => app,
  component: page(() => import('./list/list-page.tsx'), 'ListPage'),
})
const create = createRoute({
  path: '/$place/$plural/new',
  getParentRoute: () => app,
  component: page(() => import('./form/create-page.tsx'), 'CreatePage'),
})
const importing = createRoute({
  path: '/$place/$plural/import',
  getParentRoute: () => app,
  component: page(() => withWords('imports', import('./import/import-page.tsx')), 'ImportPage'),
})
const record = createRoute({
  path: '/$place/$plural/$number',
  getParentRoute: () => app,
  component: page(() => import('./record/record-page.tsx'), 'RecordPage'),
})
const settings = createRoute({
  path: '/settings',
  getParentRoute: () => app,
  component: page(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
})
const section = createRoute({
  path: '/settings/$section',
  getParentRoute: () => app,
  component: page(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
})
const firstSteps = ['/first-steps', '/first-steps/$step'].map((path) =>
  createRoute({
    path,
    getParentRoute: () => app,
    component: page(() => withWords('welcome', import('./welcome/first-steps-page.tsx')), 'FirstStepsPage'),
  }),
)
const scan = createRoute({
  path: '/scan',
  getParentRoute: () => app,
  component: page(() => withWords('scan', import('./scan/scan-page.tsx')), 'ScanPage'),
})
const guide = ['/guide', '/guide/$chapter'].map((path) =>
  createRoute({
    path,
    getParentRoute: () => app,
    component: page(() => withWords('help', import('./help/guide-page.tsx')), 'GuidePage'),
  }),
)
const domain = screens.map((screen) =>
  createRoute({ path: screen.path, getParentRoute: () => app, component: page(screen.load, 'Screen') }),
)

const login = createRoute({
  path: '/login',
  getParentRoute: () => root,
  validateSearch,
  component: page(() => withWords('signIn', import('./sign/login-page.tsx')), 'LoginPage'),
})
const setup = createRoute({
  path: '/setup/$token',
  getParentRoute: () => root,
  component: page(() => import('./sign/setup-page.tsx'), 'SetupPage'),
})
const password = createRoute({
  path: '/password',
  getParentRoute: () => root,
  component: page(() => withWords('signIn', import('./sign/password-page.tsx')), 'PasswordPage'),
})
const enrol = createRoute({
  path: '/second-factor',
  getParentRoute: () => root,
  component: page(() => withWords('signIn', import('./sign/enrol-page.tsx')), 'EnrolPage'),
})
const unsubscribe = createRoute({
  path: '/unsubscribe/$key',
  getParentRoute: () => root,
  component: page(() => withWords('inbox', import('./notices/unsubscribe-page.tsx')), 'UnsubscribePage'),
})
const survey = createRoute({
  path: '/survey/$key',
  getParentRoute: () => root,
  component: page(() => withWords('deskReport', import('./screens/desk/survey-page.tsx')), 'SurveyPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    setup,
    password,
    enrol,
    survey,
    unsubscribe,
    app.addChildren([
      index,
      settings,
      section,
      create,
      importing,
      record,
      list,
      place,
      ...firstSteps,
      scan,
      ...guide,
      ...domain,
    ]),
  ]),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPreloadDelay: 80,
  defaultErrorComponent: ({ error, reset }) => <Fault error={error} again={reset} />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})
