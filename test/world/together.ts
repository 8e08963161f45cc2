import { caseKey } from '#platform/access'

import { stepsOf } from '../../src/together/step.store.ts'
import type { Person } from './agencies.ts'
import { fileOf, ownFile } from './family.ts'
import { standing } from './sending.ts'
import type { SendingWorld } from './sending-world.ts'
import type { Served } from './served.ts'

/** The steps of a file, as its agency keeps them. */
export async function stepsKept(who: Person, caseId: string) {
  return who.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    return key === null ? [] : stepsOf(db, actor.partyId, [key])
  })
}

/** A parent and a child, each with a file and a step at the clinic: help of their own, or one piece of work. */
export async function pairOf(
  at: Pick<SendingWorld, 'served' | 'advocate' | 'talking'>,
  name: string,
  joint: boolean,
) {
  const { caseId: parent, second } = await fileOf(at.advocate, [
    [`Ines ${name}`, 'survivor'],
    [`Kit ${name}`, 'child'],
  ])
  const kit = await ownFile(at.advocate, parent, second)
  const picked = {
    person: [parent, kit],
    service: [at.talking, at.talking],
    joint: joint ? [parent, kit] : [],
  }
  const begun = await at.served.post(`/cases/${parent}/together/new`, picked, at.advocate)
  if (begun.status !== 303) throw new Error(`The act answered ${begun.status}.`)
  return { parent, kit }
}

/** What a talk does otherwise than usual. */
interface Talk {
  readonly name: string
  readonly until?: Readonly<Record<string, string>>
  readonly steps?: readonly string[]
}

/** Walks a draft that was begun to its signature, as a worker and the person do. */
export async function agreeTo(
  served: Served,
  who: Person,
  caseId: string,
  draft: string,
  { name, steps = [], until = {} }: Talk,
): Promise<void> {
  const at = `/cases/${caseId}/referrals/new/${draft}`
  await postAs(served, who, at, {})
  await postAs(served, who, `${at}/talk`, {
    purpose: 'So that somebody helps',
    talked: ['read-out', 'risks', 'other-ways', 'signer-safe'],
    ...until,
    ...(steps.length === 0 ? {} : { steps }),
  })
  const turn = { name, copy: 'no-copy-for-safety', answer: 'sign' }
  await postAs(served, who, `/cases/${caseId}/releases/${draft}/turn`, turn)
}

/** Posts a page as it stands, with these answers. */
async function postAs(
  served: Served,
  who: Person,
  path: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Promise<void> {
  const page = await (await served.get(path, who)).text()
  const answer = await served.post(path, { ...standing(page), ...fields }, who)
  if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
}
