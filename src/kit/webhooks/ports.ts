/** The port to other servers that are told something: one POST to an address that a person gave. Types only. */

export interface Posted {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
/** The same with bytes. */
export interface PostedBytes extends Omit<Posted, 'body'> {
  readonly body: Buffer
}
/** `because` is a sentence for people. */
export type PostAnswer =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'trouble'; readonly because: string }

/** Never throws for what a server does, follows no redirect, and reaches no address inside the own network unless the installation allows it. */
export type PostText = (url: string, posted: Posted, signal: AbortSignal) => Promise<PostAnswer>
export type PostBytes = (url: string, posted: PostedBytes, signal: AbortSignal) => Promise<PostAnswer>
/** What does both. */
export type Post = (url: string, posted: Posted | PostedBytes, signal: AbortSignal) => Promise<PostAnswer>
/** @returns why nothing can be sent to an address, as a sentence for people; null where it may be tried */
export type JudgeAddress = (url: string) => Promise<string | null>
