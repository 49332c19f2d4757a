/** What is asked of many records at once: which, and what is to be done with each. */
import { z } from 'zod'

export const bulkBody = z.strictObject({
  ids: z.array(z.number().int().positive()).max(5000, 'At most 5,000 at once.').optional(),
  filter: z.string().max(4000).optional(),
  q: z.string().max(500).optional(),
  change: z.record(z.string(), z.unknown()).optional(),
  move: z.string().max(60).optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  bin: z.literal(true).optional(),
})
