// The file in a field of a record: its name, which downloads it, its size, and a picture of a picture.
import { useQuery } from '@tanstack/react-query'
import type { FieldInfo, KeptFile, RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { sizeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { isPicture } from './picture.tsx'

const freshMs = 50 * 60_000

interface FieldFileProps {
  record: RecordInfo
  row: Row
  field: FieldInfo
  file: KeptFile
}

export function FieldFile(props: FieldFileProps) {
  const { file, field } = props
  const download = () => attempt(async () => location.assign((await linkTo(props)).url))
  return (
    <span className="field-file">
      <Icon name="clip" size={13} />{' '}
      <button
        type="button"
        className="link-button"
        aria-label={messages.files.downloadOf(file.title, field.label)}
        onClick={() => void download()}
      >
        {file.title}
      </button>{' '}
      <span className="quiet small number">{sizeText(file.size)}</span>
      {isPicture(file.type) && <FilePicture {...props} />}
    </span>
  )
}

function linkTo({ record, row, field }: FieldFileProps): Promise<{ url: string }> {
  return read<{ url: string }>(`/${record.plural}/${row.id}/files/${field.name}`)
}

/** Its place is kept free, so that nothing moves when it arrives. */
function FilePicture(props: FieldFileProps) {
  const { record, row, field, file } = props
  const link = useQuery({
    queryKey: ['field-file-link', record.plural, row.id, field.name, file.sha256],
    queryFn: () => linkTo(props),
    staleTime: freshMs,
  })
  return (
    <span className="field-picture">
      {link.data && <img src={link.data.url} alt={file.title} loading="lazy" decoding="async" />}
    </span>
  )
}
