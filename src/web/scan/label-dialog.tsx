// A label to print and stick on: a QR code with the record's address here, its number and its title.
import { Button } from '@mantine/core'
import { encode } from 'uqr'
import { addressOf, titleOf } from '../data/model.ts'
import { scanWords } from '../messages/scan.ts'
import type { DialogProps } from '../screens/panels.ts'
import { Dialog as Frame } from '../ui/dialog.tsx'
import './label.css'

const words = scanWords.label

export function Dialog({ record, row, onClose }: DialogProps) {
  const address = `${location.origin}${addressOf(record, row.number)}`
  return (
    <Frame title={words.title(row.number)} size={420} onClose={onClose}>
      <div className="label-sheet">
        <Code text={address} label={words.code(row.number)} />
        <div>
          <p className="label-number">{row.number}</p>
          <p>{titleOf(record, row)}</p>
          <p className="quiet small">{location.host}</p>
        </div>
      </div>
      <p className="quiet small no-print">{words.about}</p>
      <Button className="no-print" variant="filled" onClick={() => print()}>
        {words.print}
      </Button>
    </Frame>
  )
}

/** Black on white in both themes: scanners and printers want it so. */
function Code({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const dots = data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      role="img"
      aria-label={label}
      className="label-code"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dots} fill="#000" />
    </svg>
  )
}
