import { randomUUID } from 'node:crypto'

import { CardBody, type CardRole, type ContactWay, type Need, SafeContact } from '#people'

import type { LinePlan } from './line.rules.ts'

/** The people of a line: the survivor first. */
export function cardsOf(plan: LinePlan): readonly CardBody[] {
  const card = (name: string, role: CardRole, aloud: boolean) =>
    CardBody.parse({ name, role, roleSource: 'worker', sayAloud: aloud && name !== '' ? [name] : [] })
  return [
    card(plan.name, 'survivor', plan.aloud),
    ...plan.children.map((name) => card(name, 'child', false)),
    ...(plan.harm === '' ? [] : [card(plan.harm, 'personCausingHarm', false)]),
  ]
}

/**
 * How to be in touch, as far as a sheet can say it: every way stays unused until somebody has checked it with the person, no
 * message is left, and what the sheet calls unsafe may be seen by somebody else.
 */
export function contactOf(plan: LinePlan, zone: string): SafeContact | null {
  const way = (channel: 'call' | 'email', value: string): readonly ContactWay[] =>
    value === ''
      ? []
      : [
          {
            id: channel,
            channel,
            value,
            whoElseSees: plan.safe === 'no' ? 'yes' : plan.safe === 'yes' ? 'nobody' : 'not-known',
            zone,
            whenever: false,
            safe: [],
            unsafe: [],
            callAs: 'neutral',
            voicemail: 'no',
            ifSomeoneElse: 'hang-up',
            content: 'neutral',
            envelope: 'no',
            trustedPersonRef: null,
          },
        ]
  const ways = [...way('call', plan.phone), ...way('email', plan.email)]
  if (ways.length === 0 && plan.language === '') return null
  return SafeContact.parse({
    nothingAtAll: false,
    ways,
    nameSafeToSay: plan.aloud && plan.name !== '' ? plan.name : null,
    language: plan.language === '' ? null : plan.language,
    verifiedAt: null,
    verifiedBy: null,
  })
}

/** What the person wants, in the words of the sheet; nothing where it says nothing. */
export function needsOf(plan: LinePlan): readonly Need[] {
  return plan.needs === '' ? [] : [{ id: randomUUID().slice(0, 8), code: '', words: plan.needs }]
}
