import { z } from 'zod'
import { dateField } from '#platform/http'
import { costs } from './listing.ts'
import { accessFeatures, billed, ledByCodes, ledByNobody, purposes } from './practical.ts'
import { isOwnTerm, ownTerms, type Term } from './term.ts'

const lines = z.string().max(2000).default('')
/** Why it changes, for the history. */
const why = z.string().max(500).default('')

/** Getting in and what to bring, as an editor says it. */
export const VisitForm = z
  .object({
    access: z.array(z.enum(accessFeatures.map((each) => each.code))).default([]),
    accessText: z.string().max(1000).default(''),
    bring: z.enum(['unknown', 'none', 'these'], 'directory.visit.choose'),
    documents: lines,
    why,
  })
  .refine((form) => form.bring !== 'these' || linesOf(form.documents).length > 0, {
    path: ['documents'],
    message: 'directory.visit.documents-missing',
  })
export type VisitForm = z.output<typeof VisitForm>

/** What it costs, who pays, and who gets to see a bill. */
export const PayingForm = z
  .object({
    cost: z.enum([...costs, 'unknown'], 'directory.pay.choose'),
    fees: z
      .string()
      .default('')
      .transform((text) => text.replaceAll(/\r\n?/g, '\n').trim())
      .refine((text) => text.length <= 1000, 'directory.pay.fees-long'),
    funds: z.enum(['yes', 'no', 'unknown'], 'directory.pay.choose'),
    billTo: z.enum([...billed, 'unknown'], 'directory.pay.choose'),
    insurers: lines,
    diagnosis: z.enum(['yes', 'no', 'unknown'], 'directory.pay.choose'),
    why,
  })
  .refine((form) => form.cost !== 'free' || form.billTo !== 'person', {
    path: ['cost'],
    message: 'directory.pay.free-and-billed',
  })
export type PayingForm = z.output<typeof PayingForm>

const day = dateField({ wrong: 'directory.contact.day-wrong' }).optional()

/** One named contact. Saving confirms it as of today. */
export const ContactForm = z
  .object({
    name: z.string('directory.contact.name-missing').min(1, 'directory.contact.name-missing').max(200),
    role: z.string().max(200).default(''),
    purpose: z.enum(purposes, 'directory.contact.purpose-missing'),
    phone: z.string().max(60).default(''),
    email: z.union([z.literal(''), z.email('directory.contact.email-wrong')]).default(''),
    awayFrom: day,
    awayUntil: day,
    cover: z.union([z.literal(''), z.uuid()]).default(''),
    act: z.enum(['save', 'remove']).default('save'),
    why,
  })
  .refine((form) => form.phone !== '' || form.email !== '', {
    path: ['phone'],
    message: 'directory.contact.reach-missing',
  })
  .refine((form) => (form.awayFrom ?? '') <= (form.awayUntil ?? '') && !form.awayFrom === !form.awayUntil, {
    path: ['awayUntil'],
    message: 'directory.contact.away-order',
  })
export type ContactForm = z.output<typeof ContactForm>

/** What partners read beside the listing. */
export const DetailForm = z.object({
  phone: z.string().max(60).default(''),
  email: z.union([z.literal(''), z.email('directory.contact.email-wrong')]).default(''),
  detail: z.string().max(2000).default(''),
  why,
})
export type DetailForm = z.output<typeof DetailForm>

/** The headings of our own vocabulary; each is a field of its own. */
export const headings = ownTerms.filter((each) => each.parent === null)

/** Terms of our own vocabulary, heading by heading. */
export const TermsForm = z.object({
  ...Object.fromEntries(headings.map(({ code }) => [code, z.array(z.string().max(200)).default([])])),
  why,
})

/** Who leads a service. */
export const PeopleForm = z.object({
  survivorLed: z.enum(['yes', 'no', 'unknown'], 'directory.visit.choose'),
  ledBy: z.array(z.string().max(80)).default([]),
  why,
})
export type PeopleForm = z.output<typeof PeopleForm>

/** The terms an editor may choose; none that speaks of a building where the place is kept private. */
export function offeredTerms(confidential: boolean): readonly Term[] {
  const building = accessFeatures.filter((each) => each.building).map((each) => `access.${each.code}`)
  return ownTerms.filter((each) => isOwnTerm(each.code) && !(confidential && building.includes(each.code)))
}

/** The communities an editor may choose, with those that a file has brought, and none of them. */
export function ledByOffered(now: readonly string[]): readonly string[] {
  return [...new Set<string>([...ledByCodes, ...now, ledByNobody])]
}

/** The lines of a box, without blanks and repeats. */
export function linesOf(text: string): readonly string[] {
  return [...new Set(text.split(/\r?\n/).map((line) => line.trim().slice(0, 300)))].filter(
    (line) => line !== '',
  )
}
