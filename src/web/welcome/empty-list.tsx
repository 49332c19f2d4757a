// A list with nothing in it yet teaches: what the record is for, the one next action, the same list filled, and where the guide says more.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { RecordInfo } from '../data/contract.ts'
import { listAddress } from '../data/model.ts'
import { chapterOf } from '../help/chapters.ts'
import { helpWords } from '../messages/help.ts'
import { messages } from '../messages/messages.ts'
import { Empty } from '../ui/empty.tsx'
import { LookFilled } from './look-filled.tsx'

const words = messages.list

export function EmptyList({ record }: { record: RecordInfo }) {
  const chapter = chapterOf(record.place ?? '', record.plural)
  return (
    <Empty
      title={words.empty(messages.values.inSentence(record.labelPlural))}
      text={[...new Set([record.about, record.emptyText])].filter(Boolean).join(' ')}
    >
      {record.can.create && (
        <Button variant="filled" renderRoot={(props) => <Link {...props} to={`${listAddress(record)}/new`} />}>
          {words.emptyCreate(messages.values.inSentence(record.label))}
        </Button>
      )}
      {record.can.import && (
        <Button renderRoot={(props) => <Link {...props} to={`${listAddress(record)}/import`} />}>
          {words.emptyImport}
        </Button>
      )}
      <LookFilled to={listAddress(record)} />
      <p className="small" style={{ flexBasis: '100%' }}>
        <Link to={`/guide/${chapter}`}>{helpWords.help.guide(helpWords.chapters[chapter])}</Link>
      </p>
    </Empty>
  )
}
