import { z } from 'zod'
import recipientsData from './recipients.json' with { type: 'json' }
import { isSector, sectorIds } from './sharing.ts'
import type { PackId } from './sharing.ts'

const warnings = z.strictObject({
  mustReport: z.string(),
  whoElse: z.string(),
  kept: z.string(),
  standing: z.enum(['seen', 'unverified', 'design']),
})

const recipients = z
  .strictObject({
    note: z.string(),
    reviewedOn: z.iso.date(),
    reviewedBySurvivors: z.iso.date().nullable(),
    uk: z.record(z.enum(sectorIds), warnings),
    us: z.record(z.enum(sectorIds), warnings),
  })
  .parse(recipientsData)

/** Word keys of the three sentences read out before signing, and whether anybody has checked them. */
export type RecipientWarnings = Readonly<z.infer<typeof warnings>>

/** What a person hears about an agency of this sector before signing; an unknown sector is told to ask. */
export function warningsAbout(pack: PackId, sector: string): RecipientWarnings {
  return recipients[pack][isSector(sector) ? sector : 'other']
}

/** The three keys in the order in which they are read out. */
export function warningKeys(pack: PackId, sector: string): readonly [string, string, string] {
  const { mustReport, whoElse, kept } = warningsAbout(pack, sector)
  return [mustReport, whoElse, kept]
}
