// What can be done with a page: print it, or take it along in the forms that the server makes.
import { Button } from '@mantine/core'
import { reportWords } from '../../messages/reports.ts'
import { Icon } from '../../ui/icon.tsx'

const words = reportWords.deeds

/** @param address of the report or the issue below /api/v1 */
export function Downloads({ address, isPrintable }: { address: string; isPrintable: boolean }) {
  const formats = isPrintable ? (['pdf', 'xlsx', 'csv'] as const) : (['xlsx', 'csv'] as const)
  return (
    <>
      <div className="row report-deeds no-print">
        <Button onClick={() => window.print()}>{words.print}</Button>
        {formats.map((format) => (
          <Button
            key={format}
            component="a"
            href={`/api/v1${address}/file?format=${format}`}
            download
            leftSection={<Icon name="export" size={14} />}
            aria-label={words.download(words[format])}
          >
            {words[format]}
          </Button>
        ))}
      </div>
      {!isPrintable && <p className="quiet small no-print">{words.noPdf}</p>}
    </>
  )
}
