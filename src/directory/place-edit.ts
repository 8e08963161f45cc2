import { z } from 'zod'
import type { Said } from './times.rules.ts'

/** What sort of place it is, as HSDS has it; none where nobody has said. */
export const placeKinds = ['physical', 'postal', 'virtual'] as const

const short = z.string().trim().max(200).default('')
const line = z.string().trim().max(300).default('')

const day = z.string().max(600).default('')

/** A place of an entry, as an editor says it. Which of it is asked depends on the place (`askedOf`). */
export const PlaceForm = z.object({
  name: line,
  kind: z.enum([...placeKinds, '']).default(''),
  line1: line,
  line2: line,
  town: short,
  postcode: z.string().trim().max(40).default(''),
  region: short,
  description: z.string().trim().max(2000).default(''),
  transport: z.string().trim().max(1000).default(''),
  open1: day,
  open2: day,
  open3: day,
  open4: day,
  open5: day,
  open6: day,
  open7: day,
  act: z.enum(['save', 'remove']).default('save'),
  why: z.string().max(500).default(''),
})
export type PlaceForm = z.output<typeof PlaceForm>

/** Keeping a place private: there is nothing to say but why. */
export const PrivateForm = z.object({ why: z.string().max(500).default('') })

/** A place of an entry as its editor sees it. */
export interface EditedPlace {
  readonly id: string
  readonly confidential: boolean
  readonly kind: (typeof placeKinds)[number]
  readonly name: string | null
  readonly line1: string | null
  readonly line2: string | null
  readonly town: string | null
  readonly postcode: string | null
  readonly region: string | null
  readonly description: string | null
  readonly transport: string | null
  /** Further entries that are there and that this agency looks after. */
  readonly also: readonly { readonly id: string; readonly name: string }[]
  /** How many entries of other agencies are there, their own place counted too. */
  readonly others: number
}

/** How much of a place is asked: everything, its region alone, or nothing, where it can only be taken away. */
export type Asked = 'whole' | 'region' | 'nothing'

/** When an entry is open at one place, as its boxes say it; or which boxes cannot be read. */
export type PlaceWeek =
  | { readonly times: readonly Said[] }
  | { readonly wrong: readonly ('open1' | 'open2' | 'open3' | 'open4' | 'open5' | 'open6' | 'open7')[] }

/** Fields that need another look, each with the last part of its sentence's key under `directory.place`. */
export type PlaceWrong = Readonly<Partial<Record<keyof PlaceForm, string>>>
