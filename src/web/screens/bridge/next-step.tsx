// What an empty panel says: what belongs here and the first step, where this person may make it.
import { Link } from '@tanstack/react-router'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'

interface NextStepProps {
  text: string
  /** The kind of record that fills the panel. */
  record: string
  label: string
  importLabel?: string
}

export function NextStep({ text, record: name, label, importLabel }: NextStepProps) {
  const record = recordNamed(useModel(), name)
  return (
    <div className="stack bridge-empty">
      <p className="quiet">{text}</p>
      {record && (
        <div className="row small">
          {record.can.create && <Link to={`${listAddress(record)}/new`}>{label}</Link>}
          {importLabel && record.can.import && <Link to={`${listAddress(record)}/import`}>{importLabel}</Link>}
        </div>
      )}
    </div>
  )
}
