// Which records a change of many left as they were, and why.
import { numberText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Dialog } from '../ui/dialog.tsx'
import type { Left } from './bulk-work.ts'

/** How many for which reason, and the first of them one by one. */
export function BulkFailures({ of: { left, failed, reasons }, onClose }: { of: Left; onClose: () => void }) {
  const words = messages.bulk
  return (
    <Dialog onClose={onClose} title={words.failed(left)} size={560}>
      {(reasons.length > 1 || left > failed.length) && (
        <table className="facts">
          <thead>
            <tr>
              <th>{words.howMany}</th>
              <th>{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {reasons.map(({ because, count }) => (
              <tr key={because}>
                <td className="number">{numberText(count)}</td>
                <td>{because}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {left > failed.length && <p className="quiet">{words.firstOf(failed.length)}</p>}
      <table className="facts">
        <thead>
          <tr>
            <th>{messages.baseFields.number}</th>
            <th>{words.why}</th>
          </tr>
        </thead>
        <tbody>
          {failed.map(({ id, number, because }, at) => (
            <tr key={`${id} ${at}`}>
              <td className="mono">{number}</td>
              <td>{because}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
