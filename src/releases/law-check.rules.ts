import { countryOf, fieldsFor, type PackFault, packFaults, packField } from './law-pack.rules.ts'
import { type LawPack, lawFields } from './law-pack.ts'
import { judge, rulesInForce } from './rule-packs.ts'
import { basisIds, recordIds, roleIds } from './sharing.ts'

/** What was found in one pack; `holds` where nothing is wrong. */
export interface PackChecked {
  readonly pack: string
  readonly version: string
  readonly holds: boolean
  readonly set: number
  readonly asked: number
  /** Questions of the country that the file does not name: they count as not set. */
  readonly leftOut: readonly string[]
  readonly faults: readonly PackFault[]
}

/**
 * Holds every value of a pack against what is done with it, and asks the rules under it: it may loosen only what the rules
 * leave to the law of a place, and opens nothing to those whom no pack may let read.
 */
export function checkLawPack(law: LawPack): PackChecked {
  const country = countryOf(law)
  const asked = fieldsFor(country)
  const faults = [...packFaults(law), ...unhandled(law), ...loosened(law)]
  return {
    pack: law.id,
    version: law.version,
    holds: faults.length === 0,
    set: asked.filter((id) => packField(law, id).isSet).length,
    asked: asked.length,
    leftOut: asked.filter((id) => !Object.hasOwn(law.fields, id)),
    faults,
  }
}

/** A value that is written down and would not count. */
function unhandled(law: LawPack): readonly PackFault[] {
  const known = new Set(packFaults(law).map((each) => each.row))
  return Object.entries(law.fields).flatMap(([id, held]) => {
    const row = `${law.id}:${id}`
    const field = fieldsFor(countryOf(law)).find((each) => each === id)
    if (field === undefined || held.value === null || known.has(row)) return []
    return packField(law, field).isSet ? [] : [{ row, says: 'is written down and does not count' }]
  })
}

/** Whom a pack could let something reach that the rules without it refuse for good. */
function loosened(law: LawPack): readonly PackFault[] {
  const country = countryOf(law)
  const [under, without] = [rulesInForce(country, law), rulesInForce(country)]
  const facts = ['state-allows', 'about-child', 'minor-consents-alone']
  const questions = roleIds.flatMap((from) =>
    neverByPack.flatMap((to) =>
      recordIds.flatMap((record) => basisIds.map((basis) => ({ from, to, record, basis, facts }))),
    ),
  )
  const opened = questions.find(
    (each) => refused(judge(without, each).outcome) && !refused(judge(under, each).outcome),
  )
  if (opened === undefined) return []
  const { from, to, record, basis } = opened
  return [
    {
      row: `${law.id}, from ${from} to ${to}`,
      says: `lets ${record} go on the ground ${basis}, which no pack may`,
    },
  ]
}

/** Those to whom the law of a place opens nothing. */
const neverByPack = ['OPR', 'PXY', 'BIP', 'PUB', 'PLT', 'HMIS', 'FUN'] as const

function refused(outcome: string): boolean {
  return outcome === 'forbidden' || outcome === 'forbidden-unless-order'
}

/** Every question has a strictest answer of its own kind, so that *not set* can always be acted on. */
export function strictestFaults(): readonly string[] {
  return Object.entries(lawFields)
    .filter(([, field]) => !field.value.safeParse(field.strictest).success)
    .map(([id]) => id)
}
