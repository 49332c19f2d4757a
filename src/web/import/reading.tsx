// How the file is read: what was found out can be corrected, and the preview is made anew.
import { Select, TextInput } from '@mantine/core'
import { importsWords } from '../messages/imports.ts'

const words = importsWords.import
/** What tables are written in, the most usual first; whatever else was found out stands before them. */
const ENCODINGS = [
  'UTF-8',
  'windows-1252',
  'ISO-8859-1',
  'ISO-8859-15',
  'UTF-16LE',
  'UTF-16BE',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'ISO-8859-2',
  'KOI8-R',
  'cp850',
  'cp437',
  'macintosh',
  'Shift_JIS',
  'EUC-JP',
  'EUC-KR',
  'GB18030',
  'Big5',
] as const
const SEPARATORS = [',', ';', '\t', '|', ':', '^', '~'] as const

/** What a person has said; the rest is found out. */
export interface Reading {
  encoding?: string
  separator?: string
  sheet?: string
}
interface FieldProps {
  value: string | null
  onChange: (value: string) => void
  disabled?: boolean
}

export function EncodingField({ value, ...rest }: FieldProps) {
  return <Choice {...rest} label={words.encoding} value={value} options={ENCODINGS} said={(one) => one} />
}
export function SeparatorField({ value, ...rest }: FieldProps) {
  const said = (one: string) => (one === '\t' ? words.tab : one)
  return <Choice {...rest} label={words.separator} value={value} options={SEPARATORS} said={said} />
}
export function SheetField({ sheets, ...rest }: FieldProps & { sheets: readonly string[] }) {
  return <Choice {...rest} label={words.sheet} options={sheets} said={(one) => one} />
}
/** For a workbook that could not be opened: the refusal names its sheets. */
export function SheetName({ value, onChange }: FieldProps) {
  return <TextInput label={words.sheet} value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value)} />
}

function Choice({
  label,
  value,
  options,
  said,
  onChange,
  disabled,
}: FieldProps & { label: string; options: readonly string[]; said: (one: string) => string }) {
  const all = value === null || options.includes(value) ? options : [value, ...options]
  return (
    <Select
      label={label}
      value={value}
      disabled={disabled}
      allowDeselect={false}
      searchable
      data={all.map((one) => ({ value: one, label: said(one) }))}
      onChange={(one) => one !== null && one !== value && onChange(one)}
    />
  )
}
