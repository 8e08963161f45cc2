import type { Read } from './introduction.rules.ts'
import type { Letter } from './letter.ts'
import type { NamedContact } from './named-contact.ts'

/** Whom to ring at one end of a referral, as it was last said; null where nobody was named. */
export type ToRing = Pick<NamedContact, 'person' | 'awayUntil'>

/**
 * Whom each side named last, from what was sent and what came back. A time away that is over is forgotten: then the named person
 * comes first again.
 */
export function namedContacts(
  pieces: readonly Read[],
  today: string,
): { readonly ours: ToRing | null; readonly theirs: ToRing | null } {
  const last = (way: 'in' | 'out') =>
    pieces.reduce<ToRing | null>((found, piece) => {
      if (piece.way !== way || piece.letter === null || piece.undone === true) return found
      return namedIn(piece.letter) ?? found
    }, null)
  return { ours: here(last('out'), today), theirs: here(last('in'), today) }
}

function here(named: ToRing | null, today: string): ToRing | null {
  if (named === null || named.awayUntil === null || named.awayUntil >= today) return named
  return { ...named, awayUntil: null }
}

function namedIn(letter: Letter): ToRing | null {
  switch (letter.about) {
    case 'named-contact':
      return letter
    case 'request':
      return { person: letter.answerTo, awayUntil: null }
    case 'question':
      return { person: letter.ringBack, awayUntil: null }
    case 'ask':
      return { person: letter.ringBack, awayUntil: null }
    case 'accepted':
    case 'would-take':
    case 'waiting':
    case 'declined':
      return { person: letter.person, awayUntil: null }
    default:
      return null
  }
}
