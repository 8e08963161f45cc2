import { z } from 'zod'
import { needs } from './facet.ts'
import { statuses } from './listing.ts'

/** One line or many, as it is kept: the ends of its lines are those of a file. */
const words = (most: number, tooLong: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.replaceAll(/\r\n?/g, '\n').trim())
    .refine((text) => text.length <= most, tooLong)
const why = z.string().max(500).default('')
const codes = z.array(z.string().max(80)).default([])
const said = z.enum(['yes', 'no'], 'directory.pay.choose')

/** What a service is, in its own words, what it helps with, and whether it is open. */
export const AboutForm = z.object({
  name: z
    .string('directory.about.name-missing')
    .trim()
    .min(1, 'directory.about.name-missing')
    .max(300, 'directory.about.name-long'),
  other: z.string().trim().max(300, 'directory.about.name-long').default(''),
  description: words(10_000, 'directory.about.too-long'),
  needs: z.array(z.enum(needs.map((each) => each.id))).default([]),
  eligibility: words(4000, 'directory.about.too-long'),
  alert: words(1000, 'directory.about.alert-long'),
  status: z.enum(statuses, 'directory.pay.choose'),
  /** Whether its place has to stay secret: asked only where a new name sounds so. */
  secret: z.enum(['yes', 'no']).optional().catch(undefined),
  why,
})
export type AboutForm = z.output<typeof AboutForm>

/** How a service works: how people come to it, in which languages, where, and with whom. */
export const WorksForm = z.object({
  self: said,
  consultation: said,
  remote: z.enum(['yes', 'no', 'unknown'], 'directory.pay.choose'),
  languages: words(4000, 'directory.about.too-long'),
  areas: words(20_000, 'directory.about.too-long'),
  gender: codes,
  models: codes,
  why,
})
export type WorksForm = z.output<typeof WorksForm>

/** The genders and the ways of working that can always be chosen; a file may have brought others. */
export const genders = ['woman', 'man'] as const
export const models = ['one-to-one', 'group', 'parent-and-child', 'multigenerational'] as const

/** What an editor may say about how a service works, as it is written. */
export interface Works {
  readonly selfReferral: boolean
  readonly consultation: boolean
  readonly remote: boolean | null
  readonly languages: readonly string[]
  readonly areas: readonly string[]
  readonly workerGender: readonly string[]
  readonly models: readonly string[]
}
