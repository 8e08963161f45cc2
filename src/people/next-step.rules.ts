import type { CaseFile } from './case.ts'
import { isFresh } from './safe-contact.rules.ts'
import { isOld } from './situation.rules.ts'
import { owedBy } from './urgency.rules.ts'

/** What would help this case most now; each leads to the page that does it. */
export const nextSteps = [
  'first-contact',
  'late',
  'contact-missing',
  'contact-old',
  'needs-missing',
  'details-missing',
  'details-old',
  'wishes-missing',
] as const
export type NextStep = (typeof nextSteps)[number]

/**
 * Next steps in the order in which they matter. *Not now* on a page is an answer: nothing here asks for it again. `today` is an
 * ISO date in the reader's zone.
 */
export function nextStepsOf(file: CaseFile, now: Date, today: string): readonly NextStep[] {
  if (file.state === 'ended') return []
  const { contact } = file
  const owed = owedBy(file.urgency)
  const answers = Object.entries(file.answers)
  const holds: Readonly<Record<NextStep, boolean>> = {
    'first-contact': owed !== null,
    // The time of a first contact is said by itself.
    late: file.dueAt !== null && file.dueAt.getTime() < now.getTime() && !isSame(file.dueAt, owed),
    'contact-missing': contact === null,
    'contact-old': contact !== null && !contact.nothingAtAll && !isFresh(contact, now),
    'needs-missing': file.needs.length === 0,
    'details-missing': answers.length === 0,
    'details-old': answers.some(([facet, answer]) => isOld(facet, answer, today)),
    'wishes-missing': file.needs.length > 0 && file.wishes.list.length === 0 && file.wishes.words === '',
  }
  return nextSteps.filter((step) => holds[step])
}

function isSame(a: Date, b: Date | null): boolean {
  return b !== null && a.getTime() === b.getTime()
}
