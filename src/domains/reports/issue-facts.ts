/**
 * What an issue keeps beside its data: what its figures were made of, which of them have to be explained, the explanations,
 * and to whom it was sent. Each reader is shown of it what they are shown of the page.
 */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Shown, ShownTo } from '#kit/field.ts'
import type { AnyRow } from '#kit/record.ts'
import { mayBeShown } from './needs.ts'

export const NEEDED = z.array(z.strictObject({ id: z.string(), label: z.string() }))
export type NeededComment = z.infer<typeof NEEDED>[number]
export const COMMENTS = z.record(z.string(), z.string())

/** Every figure of the issue with what it was made of, so that a row is cut as its page is without opening its data. */
const KEPT_FIGURES = z.object({
  rights: z.record(z.string(), z.string()),
  figures: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      isBeyond: z.boolean(),
      needs: z.object({ records: z.array(z.string()), fields: z.array(z.string()) }),
    }),
  ),
})
export type KeptFigures = z.infer<typeof KEPT_FIGURES>
const NONE: KeptFigures = { rights: {}, figures: [] }

function keptIn(value: unknown): KeptFigures {
  const read = KEPT_FIGURES.safeParse(value)
  return read.success ? read.data : NONE
}
/** The figures that this reader is shown on the page. */
function seenIn({ rights, figures }: KeptFigures, { actor, catalogue }: Omit<ShownTo, 'kept'>): KeptFigures['figures'] {
  return figures.filter(({ needs }) => mayBeShown(catalogue, actor, needs, rights))
}
export const neededShown: Shown = {
  show: (value, to) => neededIn({ ...NONE, figures: seenIn(keptIn(value), to) }),
  isWhole: (value, to) => seenIn(keptIn(value), to).length === keptIn(value).figures.length,
}
function neededIn({ figures }: KeptFigures): NeededComment[] {
  return figures.filter(({ isBeyond }) => isBeyond).map(({ id, label }) => ({ id, label }))
}
export const commentaryShown: Shown = {
  by: ['needed'],
  show: (value, to) => {
    const seen = new Set(seenIn(keptIn(to.kept('needed')), to).map(({ id }) => id))
    return value === null
      ? null
      : Object.fromEntries(Object.entries(commentsFrom(value)).filter(([id]) => seen.has(id)))
  },
  isWhole: (value) => Object.keys(commentsFrom(value)).length === 0,
}

const MOST = 4000
export function commentsProblem(value: unknown): string | null {
  const read = COMMENTS.safeParse(value)
  if (!read.success || Object.keys(read.data).length > 200) return say`Give the commentary as texts by figure.`
  return Object.values(read.data).every((text) => text.length <= MOST)
    ? null
    : say`A comment has at most ${MOST} characters.`
}
function commentsFrom(value: unknown): Readonly<Record<string, string>> {
  const read = COMMENTS.safeParse(value ?? {})
  return read.success ? read.data : {}
}
/** The comments by figure; of a row as somebody reads it, those that they are shown. */
export function commentsOf(row: AnyRow): Readonly<Record<string, string>> {
  return commentsFrom(row['commentary'])
}
/** The first figure that somebody writes about and is not shown; null where there is none. */
export function strangeComment(before: AnyRow, after: AnyRow, to: Omit<ShownTo, 'kept'>): string | null {
  const seen = new Set(seenIn(keptIn(before['needed']), to).map(({ id }) => id))
  return (
    Object.keys(commentsOf(after))
      .find((id) => !seen.has(id))
      ?.slice(0, 40) ?? null
  )
}
/** What the writer was not shown stays as it was. */
export function commentsKept(
  before: AnyRow,
  after: AnyRow,
  to: Omit<ShownTo, 'kept'>,
): Readonly<Record<string, string>> {
  const seen = new Set(seenIn(keptIn(before['needed']), to).map(({ id }) => id))
  const hidden = Object.entries(commentsOf(before)).filter(([id]) => !seen.has(id))
  const own = Object.entries(commentsOf(after)).filter(([id]) => seen.has(id))
  return Object.fromEntries([...hidden, ...own])
}
/** What still has to be explained: of the row as it is kept, or of what a reader is shown of it. */
export function neededOf(row: AnyRow): NeededComment[] {
  const shown = NEEDED.safeParse(row['needed'])
  const said = commentsOf(row)
  const needed = shown.success ? shown.data : neededIn(keptIn(row['needed']))
  return needed.filter(({ id }) => ((Object.hasOwn(said, id) ? said[id] : null) ?? '').trim() === '')
}
