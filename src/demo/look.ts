import { z } from 'zod'

import { cast } from './cast.ts'
import lookData from './looks.json' with { type: 'json' }

/** Whom one can look round as, by their ids in the cast, group by group. Their sentence lies in the words under the same id. */
export const lookGroups = z
  .array(z.strictObject({ group: z.string(), staff: z.array(z.string()) }))
  .readonly()
  .parse(lookData)

/** Somebody of the cast, as the first page and the tour name them. */
export interface Face {
  readonly id: string
  readonly name: string
  readonly job: string
  readonly agency: string
}

/** The face of a member of the invented staff; throws for an id that is not in the cast. */
export function faceOf(id: string): Face {
  for (const agency of cast.agencies) {
    const found = agency.staff.find((each) => each.id === id)
    if (found !== undefined) return { id, name: found.name, job: found.job, agency: agency.name }
  }
  throw new Error(`${id} is not in the cast.`)
}
