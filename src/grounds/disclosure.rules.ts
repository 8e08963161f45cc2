import type { Words } from '#platform/i18n'

import type { Court } from './court.ts'
import type { Danger } from './danger.ts'
import type { StoredGround } from './ground.ts'
import { type Injury, injuryFacts } from './injury.ts'
import { type Report, reportFacts } from './report.ts'
import type { Told } from './told.ts'

/** One thing that left a case without the person's permission, as their own account of disclosures shows it. */
export interface GroundDisclosure {
  readonly groundId: string
  readonly kind: StoredGround['body']['kind']
  /** When it went, as an instant's ISO text. */
  readonly at: string
  readonly to: string
  /** What went, by name, item by item. */
  readonly items: readonly string[]
  readonly rules: readonly string[]
  readonly told: Told | null
}

/** What left on grounds other than a release, newest first. What only waits, or came to nothing, left nothing. */
export function disclosuresOf(t: Words, grounds: readonly StoredGround[]): readonly GroundDisclosure[] {
  return grounds
    .flatMap(({ id, body }) => {
      const gone = goneIn(t, body)
      return gone === null ? [] : [{ groundId: id, kind: body.kind, told: body.told, ...gone }]
    })
    .toSorted((a, b) => b.at.localeCompare(a.at))
}

type Gone = Pick<GroundDisclosure, 'at' | 'to' | 'items' | 'rules'>

function goneIn(t: Words, body: StoredGround['body']): Gone | null {
  if (body.kind === 'court') return wentByOrder(body)
  // Nothing left the agency; that somebody looked stands among the looks.
  if (body.kind === 'glass') return null
  if (body.kind === 'injury') return wentOfInjury(t, body)
  return body.kind === 'danger' ? wentInDanger(body) : wentInReport(t, body)
}

function wentInReport(t: Words, { made }: Report): Gone | null {
  if (made === null) return null
  return {
    at: made.at,
    to: made.to,
    items: reportFacts.map((fact) => t(`grounds.report.fact.${fact}`)),
    rules: made.rules,
  }
}

function wentOfInjury(t: Words, { made }: Injury): Gone | null {
  if (made === null) return null
  const items = injuryFacts.map((fact) => t(`grounds.injury.fact.${fact}`))
  return { at: made.at, to: made.to, items, rules: made.rules }
}

function wentByOrder({ gone, order }: Court): Gone | null {
  if (gone === null || order === null) return null
  const rules = [...new Set(gone.items.flatMap((item) => item.rules))]
  return { at: gone.at, to: order.recipient.name, items: gone.items.map((item) => item.title), rules }
}

function wentInDanger({ sent, to, items }: Danger): Gone | null {
  if (sent === null) return null
  return { at: sent.at, to: to.agency, items: items.map((item) => item.title), rules: sent.rules }
}
