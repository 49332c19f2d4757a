// The bridge of an empty installation: the steps that fill it, each ticked off when something is there.
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listAddress, recordNamed, useMe, useModel } from '../../data/model.ts'
import { someQuery } from '../../data/queries.ts'
import { bridgeWords } from '../../messages/bridge.ts'
import { Sign } from '../../ui/state.tsx'
import { Panel } from './panel.tsx'

const words = bridgeWords.bridge.begin
/** A person alone is who set the installation up. */
const stepsNow = () =>
  [
    { record: 'person', label: words.people, text: words.peopleText, from: 2, leads: 'import' },
    { record: 'service', label: words.services, text: words.servicesText, from: 1, leads: 'new' },
    { record: 'agreement', label: words.levels, text: words.levelsText, from: 1, leads: 'new' },
    { record: 'incident', label: words.incident, text: words.incidentText, from: 1, leads: 'new' },
  ] as const

export function Begin() {
  const model = useModel()
  const isAdministrator = useMe().roles.includes('administrator')
  const steps = stepsNow()
  const kinds = steps.map((step) => recordNamed(model, step.record))
  const found = useQueries({
    queries: kinds.map((kind) => ({
      ...someQuery(kind?.plural ?? '', { limit: '2', fields: 'number' }),
      enabled: kind !== null,
    })),
  })
  return (
    <Panel title={words.title} className="bridge-begin">
      <p className="quiet">{words.text}</p>
      <ol className="plain begin-steps">
        {steps.map((step, at) => {
          const kind = kinds[at]
          if (!kind?.can.create) return null
          const isDone = (found[at]?.data?.items.length ?? 0) >= step.from
          return (
            <li key={step.record}>
              <Sign tone={isDone ? 'good' : 'info'} />
              <div>
                <Link to={`${listAddress(kind)}/${step.leads}`}>{step.label}</Link>
                {isDone && <span className="tone-good small"> {words.done}</span>}
                <p className="quiet small">
                  {step.text}{' '}
                  {step.leads === 'new' && kind.can.import && (
                    <Link to={`${listAddress(kind)}/import`} aria-label={`${step.label}: ${words.importThem}`}>
                      {words.importThem}
                    </Link>
                  )}
                </p>
              </div>
            </li>
          )
        })}
      </ol>
      {isAdministrator && (
        <p>
          <Link to="/first-steps">{words.firstSteps}</Link>
        </p>
      )}
      <p className="small">
        <b>{words.demo}</b> {words.demoText} <code>PILOTHOUSE_DATA=./demo PORT=7301 npm start -- --demo</code>
      </p>
    </Panel>
  )
}
