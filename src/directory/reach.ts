import { z } from 'zod'
import { phonesOf, webAddressOf } from './reach.rules.ts'
import { fits } from './suggestion.rules.ts'

const phones = z
  .string()
  .max(4000)
  .default('')
  .refine((text) => phonesOf(text) !== null, 'directory.reach.phones-wrong')
const email = z
  .string()
  .trim()
  .max(254)
  .default('')
  .refine((text) => text === '' || fits('email', text), 'directory.contact.email-wrong')
const web = z
  .string()
  .default('')
  .refine((text) => webAddressOf(text) !== null, 'directory.reach.web-wrong')
const why = z.string().max(500).default('')

/** How people reach one service, as an editor says it. */
export const ReachForm = z.object({
  phones,
  email,
  url: web,
  how: z.string().trim().max(2000).default(''),
  why,
})
export type ReachForm = z.output<typeof ReachForm>

/** The three sentences about what an organisation must pass on, in the order in which they are read out. */
export const reportParts = ['goes', 'report', 'also'] as const

const sentence = z.string().trim().max(500, 'directory.organization.sentence-long').default('')

/** An organisation's own details, as an editor says them. */
export const OrganizationForm = z
  .object({ phones, email, website: web, goes: sentence, report: sentence, also: sentence, why })
  .superRefine((form, context) => {
    const missing = reportParts.filter((part) => form[part] === '')
    if (missing.length === reportParts.length) return
    for (const part of missing)
      context.addIssue({ code: 'custom', path: [part], message: 'directory.organization.sentence-missing' })
  })
export type OrganizationForm = z.output<typeof OrganizationForm>

/** An organisation's own details as they stand. */
export interface OrganizationDetails {
  readonly phones: readonly { readonly number: string; readonly label: string }[]
  readonly email: string | null
  readonly website: string | null
  readonly mustReport: readonly string[] | null
  /** How many listed services show them. */
  readonly services: number
  /** Whether one of its entries keeps its place secret. */
  readonly secret: boolean
}
