import { packField } from './law-pack.rules.ts'
import type { LawField, LawFieldId, LawPack } from './law-pack.ts'
import type { RoleId } from './sharing.ts'

/** An age, and the place in the law where the agency read it. */
export interface YoungRead {
  readonly from: number
  readonly citation: string
}

/** Why an agency's own reading counts or not: it fills what is open, or is stricter; the law stands against it; nothing can. */
export type YoungStanding = 'fills' | 'stricter' | 'law-later' | 'both-sign' | 'no-field' | 'no-pack'

/** Which question of a pack an agency of this kind can read for itself; null where none says that a young person agrees alone. */
export function youngFieldOf(from: RoleId): LawFieldId | null {
  if (from === 'MHC') return 'minor-mental-health-age'
  return from === 'DVA' || from === 'COA' ? 'minor-advocacy-age' : null
}

/** What an agency's own reading does beside the pack: it never loosens what the pack says. */
export function youngStanding(
  law: LawPack | null,
  from: RoleId,
  own: Pick<YoungRead, 'from'>,
): YoungStanding {
  const id = youngFieldOf(from)
  if (law === null) return 'no-pack'
  if (id === null) return 'no-field'
  if (id === 'minor-advocacy-age' && packField(law, 'minor-release-with-parent').value) return 'both-sign'
  const read = packField(law, id)
  if (!read.isSet) return 'fills'
  return own.from >= Number(read.value) ? 'stricter' : 'law-later'
}

/** The pack with the agency's own reading beside it, where that fills what is open or is stricter. */
export function withYoung(law: LawPack | null, from: RoleId, own: YoungRead | null): LawPack | null {
  const id = youngFieldOf(from)
  if (law === null || own === null || id === null) return law
  if (!['fills', 'stricter'].includes(youngStanding(law, from, own))) return law
  const field: LawField = {
    value: own.from,
    citation: own.citation,
    source: 'own-reading',
    owner: law.fields[id]?.owner ?? 'Privacy lead of the agency that shares',
    reviewedOn: law.fields[id]?.reviewedOn ?? law.reviewBy,
    reviewedBySurvivors: 'not yet',
  }
  return {
    ...law,
    version: `${law.version}+young-${own.from}`,
    sources: { ...law.sources, 'own-reading': { title: own.citation, standing: 'seen' } },
    fields: { ...law.fields, [id]: field },
  }
}
