import { z } from 'zod';

const text = z
  .string()
  .min(1)
  .refine((word) => word === word.toLowerCase(), 'write it in lower case');
const texts = z.array(text).min(1);

/** vocabulary/bounces.yml: how returned mail is told, and the reasons that servers give. */
export const bounceWords = z.strictObject({
  senders: texts,
  subjects: texts,
  failures: texts,
  delays: texts,
  away: texts,
  leaving: texts,
  returned: texts,
  reasons: z
    .array(
      z
        .strictObject({
          id: z.string().regex(/^[a-z][A-Za-z]*$/, 'letters only'),
          verdict: z.enum(['gone', 'doubtful', 'other']),
          plain: z.boolean().optional(),
          words: texts,
        })
        .transform(({ plain, ...reason }) => ({ ...reason, ...(plain === undefined ? {} : { plain }) })),
    )
    .min(1),
});
