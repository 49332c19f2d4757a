// "No evidence yet" with a way to begin: what first brings evidence to this duty.
import { Link } from '@tanstack/react-router'
import { linkTo } from '../../data/link.ts'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import { bridgeWords } from '../../messages/bridge.ts'

const words = bridgeWords.bridge.duties
/** The kind of record that brings the first evidence; obligations where nothing else does. */
const firstEvidence: Record<string, string> = { '4': 'agreement', '10': 'service', '11': 'action' }

export function DutyBeginning({ duty, label }: { duty: string; label: string }) {
  const model = useModel()
  const record = recordNamed(model, firstEvidence[duty] ?? 'obligation')
  return (
    <span className="duty-beginning small">
      <span className="quiet">{words.none}</span>
      {record?.can.create && (
        <Link
          {...linkTo(`${listAddress(record)}/new${record.name === 'obligation' ? `?duty=${duty}` : ''}`)}
          aria-label={words.beginWith(label)}
        >
          {words.begin}
        </Link>
      )}
    </span>
  )
}
