import type { Annotation, ContactDetail, TaskOutput } from '@medplum/fhirtypes'

import { said } from '#exchange'
import type { Contact, ThreadFile } from '#referrals'
import { ownConcept } from './coding.rules.ts'
import { lastLetter } from './seen.ts'

/** What came of a Task, in the order of what the receiver last said: whom to ring, when, where else to knock, how it ended. */
export function outputsOf(file: ThreadFile): TaskOutput[] {
  const decision = lastLetter(file, 'accepted', 'waiting', 'declined')
  const ended = lastLetter(file, 'ended')
  return [...decided(decision), ...(file.thread.state === 'ended' ? outcomeOut(ended?.outcome ?? null) : [])]
}

/** Words beside it: what the receiver adds to a yes or a wait, and what the person says of the end. */
export function notesOf(file: ThreadFile): Annotation[] {
  const decision = lastLetter(file, 'accepted', 'waiting')
  const ended = file.thread.state === 'ended' ? lastLetter(file, 'ended') : null
  return [decision?.note, ended?.words].flatMap((words) => {
    const text = said(words)
    return text === null ? [] : [{ text }]
  })
}

type Decided = ReturnType<typeof lastLetter<'accepted' | 'waiting' | 'declined'>>

function decided(decision: Decided): TaskOutput[] {
  switch (decision?.about) {
    case 'accepted':
      return [
        ...person(decision.person),
        ...dayOut('starts-on', decision.startsOn),
        ...(decision.first?.at === null || decision.first === null
          ? []
          : [{ type: ownConcept('output', 'first-appointment'), valueDateTime: decision.first.at }]),
      ]
    case 'waiting':
      return [
        ...person(decision.person),
        ...(decision.place === null
          ? []
          : [{ type: ownConcept('output', 'place'), valuePositiveInt: decision.place }]),
        ...dayOut('expected-on', decision.expectedOn),
      ]
    case 'declined':
      return [
        ...person(decision.person),
        ...contactOut('same-day', decision.sameDay?.service, ''),
        ...contactOut('same-day-person', decision.sameDay?.person, ''),
        ...decision.next.flatMap(({ name, phone }) => contactOut('next-door', name, phone)),
      ]
    default:
      return []
  }
}

function person(contact: Contact): TaskOutput[] {
  return contactOut('contact', contact.name, contact.phone)
}

function contactOut(code: string, name: string | undefined, phone: string): TaskOutput[] {
  const called = said(name)
  const number = said(phone)
  if (called === null && number === null) return []
  const valueContactDetail: ContactDetail = {
    ...(called === null ? {} : { name: called }),
    ...(number === null ? {} : { telecom: [{ system: 'phone', value: number }] }),
  }
  return [{ type: ownConcept('output', code), valueContactDetail }]
}

function dayOut(code: string, day: string | null): TaskOutput[] {
  return day === null ? [] : [{ type: ownConcept('output', code), valueDate: day }]
}

function outcomeOut(outcome: string | null): TaskOutput[] {
  if (outcome === null) return []
  return [{ type: ownConcept('output', 'outcome'), valueCodeableConcept: ownConcept('outcome', outcome) }]
}
