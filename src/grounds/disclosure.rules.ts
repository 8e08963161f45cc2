import type { StoredGround } from './ground.ts'
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
export function disclosuresOf(grounds: readonly StoredGround[]): readonly GroundDisclosure[] {
  return grounds
    .flatMap(({ id, body }) => {
      const { gone, order } = body
      if (gone === null || order === null) return []
      const rules = [...new Set(gone.items.flatMap((item) => item.rules))]
      const items = gone.items.map((item) => item.title)
      return [
        {
          groundId: id,
          kind: body.kind,
          at: gone.at,
          to: order.recipient.name,
          items,
          rules,
          told: body.told,
        },
      ]
    })
    .toSorted((a, b) => b.at.localeCompare(a.at))
}
