// Starts the web application: styles in their layers, Mantine with our tokens, the query cache, the routes.
import '@fontsource-variable/inter/wght.css'
import './tokens.css'
import './ui/mantine.css'
import './ui/mantine-variables.css'
import './base.css'
import './ui/controls.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { keepAnswersOn } from './data/http.ts'
import { queryClient } from './data/queries.ts'
import { onReturn } from './data/reach.ts'
import { keptLanguage, speak, useLanguage } from './messages/language.ts'
import { messages } from './messages/messages.ts'
import { lateShelf } from './offline/late-shelf.ts'
import { router } from './routes.tsx'
import { theme } from './theme.ts'
import { Toasts } from './ui/toast.tsx'

keepAnswersOn(lateShelf)
onReturn(() => {
  void queryClient.invalidateQueries()
  void router.invalidate() // also a page that could not be opened
})
const root = document.getElementById('root')
// Not awaited: the words are read from this very module, which would then wait for itself.
void speak(keptLanguage()).then(() => {
  if (root) createRoot(root).render(<Application />)
})

function Application() {
  useLanguage()
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <DirectionProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          {/* Menus, lists and notes open here: inside a landmark, so that screen readers find them. */}
          <section id="overlays" aria-label={messages.shell.overlays}>
            <Toasts />
          </section>
        </QueryClientProvider>
      </DirectionProvider>
    </MantineProvider>
  )
}
