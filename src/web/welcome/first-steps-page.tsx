// The first steps: six of them, each doing its part with the product's own forms, each skippable, kept on the server. They end on the bridge.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useMe } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { welcomeWords } from '../messages/welcome.ts'
import { NotFound } from '../shell/not-found.tsx'
import { Fault } from '../ui/fault.tsx'
import { Sign } from '../ui/state.tsx'
import { useTitle } from '../ui/title.ts'
import { markStep, stepsQuery, type FirstStep } from './contract.ts'
import { stepParts } from './steps.ts'
import './welcome.css'

const LookFilled = lazy(() =>
  withWords('demo', import('./look-filled.tsx')).then(({ LookFilled: component }) => ({ default: component })),
)
const words = welcomeWords.firstSteps
const tones = { open: 'info', done: 'good', skipped: 'none' } as const

export function FirstStepsPage() {
  const isAdministrator = useMe().roles.includes('administrator')
  const steps = useQuery({ ...stepsQuery, enabled: isAdministrator })
  const { step } = useParams({ strict: false })
  useTitle(words.title)
  if (!isAdministrator) return <NotFound />
  if (steps.error) return <Fault error={steps.error} again={() => void steps.refetch()} />
  if (!steps.data) return null
  const { items } = steps.data
  const here = step === undefined ? (items.find(({ state }) => state === 'open') ?? items[0]) : items.find(({ name }) => name === step) // oxfmt-ignore
  return here ? <Steps items={items} here={here} /> : <NotFound />
}

function Steps({ items, here }: { items: readonly FirstStep[]; here: FirstStep }) {
  const navigate = useNavigate()
  const at = items.indexOf(here)
  const next = items[at + 1]
  const Part = stepParts[here.name]
  const said = words.steps[here.name]
  async function goOn(state: FirstStep['state']) {
    if (!(await attempt(() => markStep(here.name, state)))) return
    await navigate({ to: next ? `/first-steps/${next.name}` : '/bridge' })
    if (next) document.getElementById('step-title')?.focus()
  }
  return (
    <div className="page welcome-page">
      <header>
        <h1>{words.title}</h1>
        <p className="quiet">{words.about}</p>
        <Suspense fallback={null}>
          <LookFilled to="/bridge" />
        </Suspense>
      </header>
      <nav aria-label={words.title}>
        <ol className="plain welcome-steps">
          {items.map(({ name, state }, number) => (
            <li key={name}>
              <Link to={`/first-steps/${name}`} aria-current={name === here.name ? 'step' : undefined}>
                <Sign tone={tones[state]} />
                <span>
                  {number + 1}. {words.steps[name].title}
                </span>
                <span className="hidden-text">{words.states[state]}</span>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <section className="panel stack welcome-step" aria-labelledby="step-title">
        <h2 id="step-title" tabIndex={-1}>
          {words.numbered(at + 1, items.length, said.title)}
        </h2>
        <p>{said.why}</p>
        <Suspense key={here.name} fallback={<p className="quiet">{messages.list.loading}</p>}>
          <Part />
        </Suspense>
        <footer className="row welcome-foot">
          <Button variant="filled" onClick={() => void goOn('done')}>
            {next ? words.next(words.steps[next.name].title) : words.finish}
          </Button>
          <Button onClick={() => void goOn('skipped')}>{words.skip}</Button>
          <Link to="/bridge" className="small">
            {words.later}
          </Link>
        </footer>
      </section>
    </div>
  )
}
