// A start that cannot succeed, with the sentence that tells the operator what to do about it.

/** The embedded database cannot be started here; the message says why and what to do. Exit code 2. */
export class DatabaseRefusal extends Error {
  override name = 'DatabaseRefusal'
}
