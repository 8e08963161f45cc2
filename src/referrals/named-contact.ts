import { z } from 'zod'

import { Contact } from './thread.ts'

/** Whom to ring from now on; while they are away, whoever stands in comes first. */
export const NamedContact = z.strictObject({
  about: z.literal('named-contact'),
  person: Contact,
  /** The last day on which the named person is away; null: they are here. */
  awayUntil: z.iso.date().nullable(),
})
export type NamedContact = Readonly<z.infer<typeof NamedContact>>
