// The name of an attached file: a click asks for an address that is good for an hour and downloads it.
import { read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'

export function FileName({ id, name }: { id: number; name: string }) {
  const download = () =>
    attempt(async () => {
      const { url } = await read<{ url: string }>(`/attachments/${id}/link`)
      location.assign(url)
    })
  return (
    <button type="button" className="link-button" onClick={() => void download()}>
      {name}
    </button>
  )
}
