import type { AccessNeeds } from './access-needs.ts'
import type { Card } from './card.ts'
import { namesOn } from './card.rules.ts'
import { folded } from './name-search.rules.ts'
import type { SafeContact } from './safe-contact.ts'

/** Why somebody cannot interpret: no family, friend or anybody named in the case, and nobody the person said no to (safe contact 3.2). */
export type InterpreterConflict = 'interpreter-in-case' | 'interpreter-not-wanted'

/** Whether the interpreter is somebody of the case, or somebody the person does not want; null where neither shows. */
export function interpreterConflict(
  name: string,
  cards: readonly Pick<Card, 'name' | 'legalName' | 'sayAloud'>[],
  notInterpret: string,
): InterpreterConflict | null {
  const wanted = folded(name)
  if (wanted === '') return null
  const refused = folded(notInterpret)
  if (refused !== '' && (` ${refused} `.includes(` ${wanted} `) || sharesName(wanted, notInterpret)))
    return 'interpreter-not-wanted'
  const inCase = cards.some((card) => namesOn(card).some((each) => folded(each) === wanted))
  return inCase ? 'interpreter-in-case' : null
}

/** Safe contact with the language and the interpreter as the page of access has them: asked once, read everywhere. */
export function withLanguage(contact: SafeContact, access: AccessNeeds | null): SafeContact {
  if (access === null) return contact
  const { interpreter, language, interpreterLine } = access
  const note = interpreterLine || (contact.interpreter?.note ?? '')
  return {
    ...contact,
    language: language === '' ? contact.language : language,
    interpreter:
      interpreter === 'yes' ? { wanted: true, note } : interpreter === 'no' ? null : contact.interpreter,
  }
}

/** What the page begins with while it was never saved: what safe contact knows already. */
export function accessToBegin(access: AccessNeeds | null, contact: SafeContact | null): Partial<AccessNeeds> {
  if (access !== null) return access
  return {
    language: contact?.language ?? '',
    ...(contact?.interpreter?.wanted === true
      ? { interpreter: 'yes' as const, other: contact.interpreter.note }
      : {}),
  }
}

/** Each line or part of a list is one person: somebody written there as “Marek Zielony, a cousin” is Marek Zielony. */
function sharesName(wanted: string, notInterpret: string): boolean {
  return notInterpret.split(/[\n,;]|\band\b|\bor\b/).some((part) => folded(part) === wanted)
}
