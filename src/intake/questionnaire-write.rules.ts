import type { Condition, FormBody, Item, Option } from './form.ts'
import { isQuestion, optionOf, placedIn } from './form.rules.ts'
import { extensionUrls, type Extension } from './questionnaire.ts'

/** What a published version is called outside. */
export interface FormIdentity {
  readonly id: string
  readonly version: number
  readonly retired: boolean
  readonly publishedAt: Date | null
}

/** The canonical name of a form of ours: no address, since nobody outside may come and fetch it. */
export function canonicalOf(formId: string): string {
  return `urn:uuid:${formId}`
}

/** A form as a Questionnaire of FHIR R4, with everything that came with it when it was a file. */
export function questionnaireOf(body: FormBody, identity: FormIdentity): Readonly<Record<string, unknown>> {
  const byId = new Map(placedIn(body.items).map(({ item }) => [item.id, item]))
  const from = body.origin === null || body.origin.url === '' ? null : canonical(body.origin)
  return {
    resourceType: 'Questionnaire',
    ...body.kept,
    id: identity.id,
    url: canonicalOf(identity.id),
    version: String(identity.version),
    title: body.title,
    ...(from === null ? {} : { derivedFrom: [from] }),
    status: identity.retired ? 'retired' : identity.version === 0 ? 'draft' : 'active',
    ...(identity.publishedAt === null ? {} : { date: identity.publishedAt.toISOString() }),
    ...(body.purpose === '' ? {} : { description: body.purpose }),
    ...(body.items.length === 0 ? {} : { item: body.items.map((item) => itemOut(item, byId)) }),
  }
}

function canonical({ url, version }: { readonly url: string; readonly version: string }): string {
  return version === '' ? url : `${url}|${version}`
}

const types = {
  section: 'group',
  instruction: 'display',
  text: 'string',
  long: 'text',
  'yes-no': 'boolean',
  choice: 'choice',
  several: 'choice',
  date: 'date',
  number: 'integer',
} as const satisfies Readonly<Record<Item['kind'], string>>

function itemOut(item: Item, byId: ReadonlyMap<string, Item>): Readonly<Record<string, unknown>> {
  const { extension: kept, ...more } = item.kept
  const own = item.retired ? [{ url: extensionUrls.hidden, valueBoolean: true }] : []
  const extension = [...((kept ?? []) as readonly Extension[]), ...own]
  return {
    ...more,
    ...(extension.length === 0 ? {} : { extension }),
    linkId: item.id,
    ...(item.text === '' ? {} : { text: item.text }),
    type: types[item.kind],
    ...(item.kind === 'several' ? { repeats: true } : {}),
    ...(item.options.length === 0 ? {} : { answerOption: item.options.map(optionOut) }),
    ...(item.when === null
      ? {}
      : {
          enableWhen: item.when.conditions.map((each) => whenOut(each, byId.get(each.question))),
          enableBehavior: item.when.all ? 'all' : 'any',
        }),
    ...(item.items.length === 0 ? {} : { item: item.items.map((each) => itemOut(each, byId)) }),
  }
}

function optionOut(option: Option): Readonly<Record<string, unknown>> {
  const { extension: kept, ...more } = (option.kept['option'] ?? {}) as Readonly<Record<string, unknown>>
  const own = option.score === null ? [] : [{ url: extensionUrls.score, valueDecimal: option.score }]
  const extension = [...((kept ?? []) as readonly Extension[]), ...own]
  return {
    ...more,
    ...(extension.length === 0 ? {} : { extension }),
    ...valueOut(option),
  }
}

/** An answer of a list as FHIR writes it, wherever it stands. */
export function valueOut(option: Option): Readonly<Record<string, unknown>> {
  if (option.sort === 'string') return { valueString: option.label }
  const coding = (option.kept['coding'] ?? {}) as Readonly<Record<string, unknown>>
  return {
    valueCoding: {
      ...coding,
      code: option.code,
      ...(option.label === option.code ? {} : { display: option.label }),
    },
  }
}

function whenOut(condition: Condition, asked: Item | undefined): Readonly<Record<string, unknown>> {
  const { question, operator, value } = condition
  return { question, operator, ...answerOut(condition.operator === 'exists', value, asked) }
}

function answerOut(
  exists: boolean,
  value: Condition['value'],
  asked: Item | undefined,
): Readonly<Record<string, unknown>> {
  if (exists || typeof value === 'boolean') return { answerBoolean: value }
  if (typeof value === 'number') return { answerInteger: value }
  if (asked?.kind === 'date') return { answerDate: value }
  const option = asked !== undefined && isQuestion(asked) ? optionOf(asked, value) : undefined
  if (option?.sort !== 'coding') return { answerString: option?.label ?? value }
  const { valueCoding } = valueOut(option)
  return { answerCoding: valueCoding }
}
