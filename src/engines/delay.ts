/** How long the next try of a sign-in has to wait: a delay that grows with failures and ends, so that nobody is locked out for good. */

export interface DelayRule {
  /** Failures that cost nothing: a typing error is no attack. */
  readonly free: number
  readonly mostSeconds: number
  /** After this long without a try, failures are forgotten. */
  readonly forgetSeconds: number
}
/** One account, tried by browsers that were never let in to it. */
export const ACCOUNT: DelayRule = { free: 4, mostSeconds: 900, forgetSeconds: 86_400 }
/** One browser that was let in to the account before: strangers do not slow it down, nor does it open a way for them. */
export const BROWSER: DelayRule = { free: 4, mostSeconds: 900, forgetSeconds: 86_400 }
/** One address: a whole office may stand behind it, and sign in at the same minute. */
export const ADDRESS: DelayRule = { free: 50, mostSeconds: 300, forgetSeconds: 3600 }

/** Wishes of one address for a new password: each may send a mail to somebody. */
export const WISH: DelayRule = { free: 20, mostSeconds: 900, forgetSeconds: 3600 }

/** Seconds to wait after this many failures in a row: nothing, then 2, 4, 8 … up to the most. */
export function delaySeconds(rule: DelayRule, failures: number): number {
  return failures <= rule.free ? 0 : Math.min(rule.mostSeconds, 2 ** Math.min(30, failures - rule.free))
}
