import { z } from 'zod'

import { type Answers, Need, SafeContact } from '#people'

import type { ReleasedItem } from './letter.ts'

/** What a released item becomes in the recipient's own case. */
export interface Taken {
  readonly name: string
  readonly sayAloud: readonly string[]
  readonly pronoun: string
  readonly contact: SafeContact | null
  readonly needs: readonly Need[]
  readonly answers: Answers
  /** Whatever has no place of its own, as notes, each under the heading that the person read. */
  readonly notes: readonly string[]
}

const Name = z.object({
  name: z.string().max(120),
  sayAloud: z.array(z.string().min(1).max(120)).max(6).default([]),
  pronoun: z.string().max(40).default(''),
})
const Detail = z.object({
  facet: z.string().max(60),
  value: z.union([z.string().max(60), z.number()]),
  askedOn: z.string().max(10),
})

/** Sorts the ticked items into the places of a case. Nothing is dropped: what no place fits becomes a note. */
export function takenFrom(items: readonly ReleasedItem[]): Taken {
  let taken: Taken = {
    name: '',
    sayAloud: [],
    pronoun: '',
    contact: null,
    needs: [],
    answers: {},
    notes: [],
  }
  for (const item of items) taken = withItem(taken, item)
  return taken
}

function withItem(taken: Taken, item: ReleasedItem): Taken {
  switch (item.kind) {
    case 'name-to-use': {
      const name = Name.safeParse(item.data)
      return name.success ? { ...taken, ...name.data } : { ...taken, name: item.text.slice(0, 120) }
    }
    case 'safe-contact': {
      const contact = SafeContact.safeParse(item.data)
      return contact.success ? { ...taken, contact: contact.data } : withNote(taken, item)
    }
    case 'what-they-want': {
      const need = Need.safeParse(item.data)
      const plain = {
        id: `need-${taken.needs.length + 1}`,
        code: '',
        words: item.text.slice(0, 2000),
      }
      return { ...taken, needs: [...taken.needs, need.success ? need.data : plain] }
    }
    case 'matching-detail': {
      const detail = Detail.safeParse(item.data)
      if (!detail.success) return withNote(taken, item)
      const { facet, value, askedOn } = detail.data
      return {
        ...taken,
        answers: { ...taken.answers, [facet]: { state: 'known', value, askedOn } },
      }
    }
    default:
      return withNote(taken, item)
  }
}

function withNote(taken: Taken, item: ReleasedItem): Taken {
  return { ...taken, notes: [...taken.notes, `${item.title}\n${item.text}`] }
}
