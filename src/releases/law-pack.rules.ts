import { type LawField, type LawFieldId, lawFieldIds, lawFields, LawPack, type LawValue } from './law-pack.ts'
import type { PackId, Question, RoleId } from './sharing.ts'

/** One answer of a state's or nation's law: what counts, and by which row it does. */
export interface PackField<F extends LawFieldId> {
  /** Names the answer wherever it decided something, as `us-wa:release-cap-days`. */
  readonly row: string
  readonly isSet: boolean
  /** What counts: the pack's value, or the most restrictive one where it is not set or no pack is loaded. */
  readonly value: LawValue<F>
  readonly citation: string | null
  readonly source: string | null
  readonly owner: string | null
  readonly reviewedOn: string | null
  readonly reviewedBySurvivors: string | null
}

/** Reads one field of a pack; *not set* and a missing pack act most restrictively (us-T45). */
export function packField<F extends LawFieldId>(law: LawPack | null, id: F): PackField<F> {
  const row = `${law?.id ?? 'no-pack'}:${id}`
  const held: LawField | undefined = law?.fields[id]
  const read = held === undefined || held.value === null ? null : lawFields[id].value.safeParse(held.value)
  const isSet = read?.success === true
  return {
    row,
    isSet,
    value: (isSet ? read.data : lawFields[id].strictest) as LawValue<F>,
    citation: isSet ? (held?.citation ?? null) : null,
    source: isSet ? (law?.sources[held?.source ?? '']?.title ?? null) : null,
    owner: held?.owner ?? null,
    reviewedOn: held?.reviewedOn ?? null,
    reviewedBySurvivors: held?.reviewedBySurvivors ?? null,
  }
}

/** The country whose rule table a pack stands beside. */
export function countryOf(law: Pick<LawPack, 'id'>): PackId {
  return law.id.startsWith('uk-') ? 'uk' : 'us'
}

/** The questions that are asked in a country, in their order. */
export function fieldsFor(country: PackId): readonly LawFieldId[] {
  return lawFieldIds.filter((id) => (lawFields[id].for as readonly PackId[]).includes(country))
}

/**
 * Whether the law of the place lets a young person agree alone to sharing what this agency holds, and by which row. An age
 * that is not known is never enough.
 */
export function mayAgreeAlone(
  law: LawPack | null,
  from: RoleId,
  ageMonths: number | null,
): { readonly may: boolean; readonly row: string } {
  const withParent = packField(law, 'minor-release-with-parent')
  const advocate = from === 'DVA' || from === 'COA'
  if (advocate && withParent.value) return { may: false, row: withParent.row }
  const age = packField(law, from === 'MHC' ? 'minor-mental-health-age' : 'minor-advocacy-age')
  const known = advocate || from === 'MHC'
  return {
    may: known && age.isSet && ageMonths !== null && ageMonths >= age.value * 12,
    row: age.row,
  }
}

/** Whether the state's own law allows what this question asks; false where no pack says so. */
export function stateAllows(law: LawPack | null, { from, record, basis }: Question): boolean {
  if (record === 'R15') return packField(law, 'special-records').value
  if (from === 'CW') return packField(law, 'child-welfare-may-tell').value
  return basis === 'MAND' && packField(law, 'injury-report').value
}

/** Whether a minor's signature alone can be enough for what this agency holds, for some age. */
export function someMinorAlone(law: LawPack | null, from: RoleId): boolean {
  return mayAgreeAlone(law, from, 18 * 12 - 1).may
}

/** A pack from the text of its file, or one sentence that says what to mend and where. */
export function readLawPack(json: unknown): LawPack | { readonly cannot: string } {
  const read = LawPack.safeParse(json)
  if (!read.success) {
    const [first] = read.error.issues
    return { cannot: `is no pack: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trimEnd() }
  }
  const [wrong] = packFaults(read.data)
  return wrong === undefined ? read.data : { cannot: `${wrong.row} ${wrong.says}` }
}

/** One thing wrong in a pack, by the row it is in. */
export interface PackFault {
  readonly row: string
  readonly says: string
}

/** Everything wrong in a pack of the right shape; empty where each value can be acted on. */
export function packFaults(law: LawPack): readonly PackFault[] {
  const country = countryOf(law)
  return Object.entries(law.fields).flatMap(([id, held]) => {
    const row = `${law.id}:${id}`
    if (!isLawField(id)) return [{ row, says: `is asked nowhere; the fields are ${lawFieldIds.join(', ')}` }]
    if (!fieldsFor(country).includes(id)) return [{ row, says: `is not asked in ${country}; leave it out` }]
    if (held.value === null) return []
    const read = lawFields[id].value.safeParse(held.value)
    if (!read.success) return [{ row, says: `cannot be acted on: ${read.error.issues[0]?.message ?? ''}` }]
    return [...sourceFaults(law, row, held), ...valueFaults(law, row, id)]
  })
}

function isLawField(id: string): id is LawFieldId {
  return Object.hasOwn(lawFields, id)
}

function sourceFaults(law: LawPack, row: string, held: LawField): readonly PackFault[] {
  const source = law.sources[held.source ?? '']
  if (source === undefined)
    return [{ row, says: `names the source ${held.source}, which the pack does not list` }]
  // What nobody has read does not loosen anything: it stays not set until it was read.
  return source.standing === 'unverified'
    ? [
        {
          row,
          says: `rests on a source that nobody has read (${held.source}); write null until somebody has`,
        },
      ]
    : []
}

/** What a pack may not say although the value has the right shape. */
function valueFaults(law: LawPack, row: string, id: LawFieldId): readonly PackFault[] {
  if (countryOf(law) === 'us' && id === 'sharing-without-agreement' && packField(law, id).value !== 'never')
    return [
      { row, says: 'would share without a release; federal law for victim services wants one in writing' },
    ]
  if (countryOf(law) === 'us' && id === 'spoken-agreement' && packField(law, id).value)
    return [
      {
        row,
        says: 'would take spoken words for a release; federal law for victim services wants it in writing',
      },
    ]
  const [usual, most] = [packField(law, 'release-default-days'), packField(law, 'release-cap-days')]
  if (id === 'release-default-days' && usual.value > most.value)
    return [{ row, says: `is ${usual.value} days, longer than ${most.row} leaves (${most.value})` }]
  return []
}
