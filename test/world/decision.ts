import { setLaw } from '#parties'

import type { Person } from './agencies.ts'
import { caseWith } from './sending.ts'
import type { SendingWorld } from './sending-world.ts'

/** A decision that somebody made: its case, its address, who decided. */
export interface Decided {
  readonly caseId: string
  readonly path: string
  readonly by: Person
}

/** A form in which every layer is answered, for a message to a partner that health and no offence is in. */
export const answered: Readonly<Record<string, string | readonly string[]>> = {
  decision: 'share',
  pick: ['name-to-use', 'safe-contact'],
  facts: 'Wren told us on Tuesday of a threat with a knife. We have not seen it.',
  withheld: 'Where Wren stays: not needed for this.',
  purpose: 'So that somebody sees the children today',
  service: 'wants',
  agreement: 'refuses',
  agreementWhy: 'Afraid of what happens when it is known',
  wishes: 'To be left in peace, and the children safe',
  capacity: 'Understands. Afraid, and says so',
  told: 'not-yet',
  toldWhy: 'The other person is in the room',
  riskOfSharing: 'A visit at the wrong hour',
  riskOfNot: 'Somebody may be killed',
  atRisk: ['child'],
  childWishes: 'Ivy wants it to stop. A teacher asked.',
  power: 'crime-and-disorder-115',
  article6: 'legitimate-interests',
  special: 'yes',
  article9: 'paragraph-10',
  offenceData: 'no',
  confidence: 'public-interest',
  rights: 'Life and freedom from harm against privacy. One message to one agency.',
  proportionate: 'yes',
  adviser: 'Kim Adviser',
  adviserRole: 'Safeguarding lead',
  days: '14',
}

/** An advocate's decision to tell the clinic something, kept and waiting for a second person. */
export async function decided(
  at: SendingWorld,
  change: Readonly<Record<string, string>> = {},
): Promise<Decided> {
  const by = at.advocate
  await by.act((db, actor) => setLaw(db, actor, 'uk-eng'))
  const { caseId } = await caseWith(by)
  const form = { ...answered, ...change, to: at.clinician.partyId }
  const kept = await at.served.post(`/cases/${caseId}/decide`, form, by)
  if (kept.status !== 303) throw new Error(`${kept.status}: ${errorsIn(await kept.text())}`)
  return { caseId, path: kept.headers.get('location') ?? '', by }
}

/** A lead who joins the agency agrees. */
export async function seconded(at: SendingWorld, made: Decided): Promise<Decided> {
  const lead = await at.world.join(made.by, 'Second Lead', ['worker', 'lead'])
  const said = await act(at, made, lead, {
    act: 'second',
    version: '1',
    agrees: 'yes',
    why: 'Read it. It is needed.',
  })
  if (said !== 303) throw new Error(String(said))
  return made
}

/** It is sent. */
export async function sentOn(at: SendingWorld, made: Decided): Promise<Decided> {
  const said = await act(at, made, made.by, { act: 'send', version: '2' })
  if (said !== 303) throw new Error(String(said))
  return made
}

/** The person is told before it is sent. */
export async function told(at: SendingWorld, made: Decided): Promise<Decided> {
  await act(at, made, made.by, { act: 'tell', version: '2', how: 'At the desk, on Thursday' })
  return made
}

/** It is looked at again and ended after it was sent. */
export async function ended(at: SendingWorld, made: Decided): Promise<Decided> {
  await act(at, made, made.by, { act: 'end', version: '3', ended: 'The children are safe' })
  return made
}

/** One act on a decision: the status of its answer. */
export async function act(
  at: SendingWorld,
  made: Decided,
  who: Person,
  form: Readonly<Record<string, string>>,
): Promise<number> {
  return (await at.served.post(made.path, form, who)).status
}

/** The sentences of an error summary. */
export function errorsIn(html: string): string {
  const summary = /govuk-error-summary__list[\s\S]*?<\/ul>/.exec(html)?.[0] ?? ''
  return summary
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
