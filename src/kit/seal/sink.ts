/** The port to places outside the database where checkpoints are kept: only there can a database be held to its word. */

/** A checkpoint as it was sent away. */
export interface OutsideCheckpoint {
  readonly note: string
  /** When it was sent, by the clock of this machine. */
  readonly at: string
}
/** A line of the outside that is no checkpoint. */
export interface OutsideDamage {
  /** Where: file and line. */
  readonly unreadable: string
}

export interface CheckpointSink {
  /** Returns when the checkpoint is durable. The same one twice is kept once or twice, as the place likes. */
  append(origin: string, checkpoint: OutsideCheckpoint): Promise<void>
  /** The newest of this log, or null. */
  last(origin: string): Promise<OutsideCheckpoint | null>
  /** Everything that was ever sent, of every log, oldest first within a log. */
  all(): AsyncIterable<OutsideCheckpoint | OutsideDamage>
}
