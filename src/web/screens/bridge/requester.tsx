// The first page of a person who does not run the information systems: ask, and see what became of it.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { linkTo } from '../../data/link.ts'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import { bridgeWords } from '../../messages/bridge.ts'

const words = bridgeWords.bridge

export function ForRequesters() {
  const incidents = recordNamed(useModel(), 'incident')
  return (
    <section className="panel stack">
      <p>{words.forRequesters}</p>
      {incidents && (
        <div className="row">
          {incidents.can.create && (
            <Button variant="filled" renderRoot={(props) => <Link to={`${listAddress(incidents)}/new`} {...props} />}>
              {words.report}
            </Button>
          )}
          <Button
            renderRoot={(props) => <Link {...linkTo(`${listAddress(incidents)}?filter=requester:me`)} {...props} />}
          >
            {words.myIncidents}
          </Button>
        </div>
      )}
    </section>
  )
}
