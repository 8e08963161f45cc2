import { z } from 'zod'

import type { FormProblem, Kept } from './form.ts'

/** FHIR R4's own extensions that we read and write. */
export const extensionUrls = {
  score: 'http://hl7.org/fhir/StructureDefinition/ordinalValue',
  hidden: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden',
  absent: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
} as const

/** Extensions that carry the value of an answer: R4's, the older one of the data types, R5's. */
export const scoreUrls: readonly string[] = [
  extensionUrls.score,
  'http://hl7.org/fhir/StructureDefinition/iso21090-CO-value',
  'http://hl7.org/fhir/StructureDefinition/itemWeight',
]

export const Extension = z.looseObject({ url: z.string() })
export type Extension = z.output<typeof Extension>
const extension = z.array(Extension).optional()

export const CodingIn = z.looseObject({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
  extension,
})
export type CodingIn = z.output<typeof CodingIn>

const OptionIn = z.looseObject({
  valueCoding: CodingIn.optional(),
  valueString: z.string().optional(),
  extension,
})
export type OptionIn = z.output<typeof OptionIn>

const EnableWhenIn = z.looseObject({ question: z.string(), operator: z.string() })
export type EnableWhenIn = z.output<typeof EnableWhenIn>

/** An item as it comes: what we read is checked here, what we only keep as far as its shape goes. */
export const ItemIn = z.looseObject({
  linkId: z.string().min(1).max(255),
  type: z.string(),
  text: z.string().optional(),
  prefix: z.string().optional(),
  definition: z.string().optional(),
  code: z.array(CodingIn).optional(),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  maxLength: z.int().min(1).optional(),
  answerValueSet: z.string().optional(),
  answerOption: z.array(OptionIn).optional(),
  enableWhen: z.array(EnableWhenIn).optional(),
  enableBehavior: z.enum(['all', 'any']).optional(),
  initial: z.array(z.looseObject({})).optional(),
  extension,
  get item() {
    return z.array(ItemIn).optional()
  },
})
export type ItemIn = z.output<typeof ItemIn>

const ConceptIn = z.looseObject({ code: z.string(), display: z.string().optional(), extension })
export const ValueSetIn = z.looseObject({
  resourceType: z.literal('ValueSet'),
  id: z.string(),
  compose: z
    .looseObject({
      include: z.array(
        z.looseObject({ system: z.string().optional(), concept: z.array(ConceptIn).optional() }),
      ),
    })
    .optional(),
})
export type ValueSetIn = z.output<typeof ValueSetIn>

/** A Questionnaire of FHIR R4 as it comes. */
export const QuestionnaireIn = z.looseObject({
  resourceType: z.literal('Questionnaire'),
  url: z.string().max(2000).optional(),
  version: z.string().max(255).optional(),
  name: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  publisher: z.string().optional(),
  copyright: z.string().optional(),
  contained: z.array(z.looseObject({ resourceType: z.string() })).optional(),
  extension,
  item: z.array(ItemIn).optional(),
})
export type QuestionnaireIn = z.output<typeof QuestionnaireIn>

/** The elements R4 knows; anything else is a mistake in the file or of another version, and is not guessed at. */
export const knownElements = {
  questionnaire: new Set(
    `resourceType id meta language text contained extension url identifier version name title derivedFrom status
    experimental subjectType date publisher contact description useContext jurisdiction purpose copyright approvalDate
    lastReviewDate effectivePeriod code item`.split(/\s+/),
  ),
  item: new Set(
    `id extension linkId definition code prefix text type enableWhen enableBehavior required repeats readOnly maxLength
    answerValueSet answerOption initial item`.split(/\s+/),
  ),
  enableWhen: new Set(
    `id extension question operator answerBoolean answerDecimal answerInteger answerDate answerDateTime answerTime
    answerString answerCoding answerQuantity answerReference`.split(/\s+/),
  ),
  option: new Set(
    `id extension valueInteger valueDate valueTime valueString valueCoding valueReference initialSelected`.split(
      /\s+/,
    ),
  ),
}

/** A note about a file that was taken: what is kept and not acted on. */
export type FileNote = FormProblem

/** What of an element is kept beside what we read. */
export function rest(element: Readonly<Record<string, unknown>>, read: readonly string[]): Kept {
  return Object.fromEntries(
    Object.entries(element).filter(([key, value]) => !read.includes(key) && value !== undefined),
  )
}
