import { z } from 'zod'

/** What a question takes for an answer. */
const questionKinds = ['text', 'long', 'yes-no', 'choice', 'several', 'date', 'number'] as const
/** What a form is made of: sections hold the rest, an instruction is read and not answered. */
export const itemKinds = ['section', 'instruction', ...questionKinds] as const
export type ItemKind = (typeof itemKinds)[number]

export const operators = ['exists', '=', '!=', '>', '<', '>=', '<='] as const

/** What stands in a Questionnaire and is not ours to read: kept as it came, given back as it was. */
const Kept = z.record(z.string(), z.unknown())
export type Kept = z.output<typeof Kept>

/** One possible answer. A score is the number its form gives it. */
export const Option = z.object({
  code: z.string().min(1).max(500),
  label: z.string().min(1).max(500),
  score: z.number().nullable(),
  /** Whether the answer travels as a coding or as plain text. */
  sort: z.enum(['coding', 'string']),
  kept: Kept,
})
export type Option = z.output<typeof Option>

/** A condition holds only of an answer: a question that nobody answered never meets one. */
export const Condition = z.object({
  question: z.string().min(1).max(255),
  operator: z.enum(operators),
  value: z.union([z.boolean(), z.number(), z.string().max(500)]),
})
export type Condition = z.output<typeof Condition>

const When = z.object({ all: z.boolean(), conditions: z.array(Condition).min(1).max(20) })
export type When = z.output<typeof When>

/** The longest wording of a question, and of the answers to it. */
export const longestWording = 2000
/** How many sections, questions and instructions a form may have together, and how deep they may lie in one another. */
export const mostItems = 300
export const deepest = 6

/** A section, an instruction or a question, with what lies in it. */
export const Item = z.object({
  id: z.string().min(1).max(255),
  kind: z.enum(itemKinds),
  text: z.string().max(longestWording),
  options: z.array(Option).max(200),
  when: When.nullable(),
  /** Asked no more, and still readable where it was answered. */
  retired: z.boolean(),
  kept: Kept,
  get items() {
    return z.array(Item)
  },
})
export type Item = z.output<typeof Item>

/** Where a form came from when it came as a file. */
const Origin = z.object({ url: z.string().max(2000), version: z.string().max(255) })

/** All that is sealed of a form. */
export const FormBody = z.object({
  title: z.string().min(1).max(200),
  purpose: z.string().max(2000),
  items: z.array(Item),
  kept: Kept,
  origin: Origin.nullable(),
  /** Who confirmed that the agency may use this form, and when. */
  licence: z.object({ by: z.string(), on: z.string() }).nullable(),
})
export type FormBody = z.output<typeof FormBody>

/** A form as its editor sees it: the draft, and the number of the version that is in use, 0 when none is. */
export interface StoredForm {
  readonly id: string
  readonly state: 'in-use' | 'retired'
  readonly version: number
  /** Counts the changes of the draft, so that the second of two who change it is told. */
  readonly edit: number
  /** Whether the draft says something that no published version says. */
  readonly changed: boolean
  readonly updatedAt: Date
  readonly body: FormBody
}

/** A published version: never changed, so that answers stay readable. */
export interface FormVersion {
  readonly formId: string
  readonly version: number
  readonly publishedAt: Date
  readonly publishedBy: string
  readonly body: FormBody
}

/** What keeps a form from being published, or a file from being taken: which item, which rule, in which words. */
export interface FormProblem {
  /** The item's id; empty when it is about the whole form. */
  readonly item: string
  readonly rule: string
  readonly values: Readonly<Record<string, string | number>>
}
