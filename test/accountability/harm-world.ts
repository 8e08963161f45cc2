import { belongs, startThread } from '#accountability'
import { addNote, CardBody, Danger, saveCard, saveContact, saveNeeds, SafeContact, startCase } from '#people'

import { saveDanger } from '../../src/people/careful.actions.ts'
import type { Person } from '../world/agencies.ts'

/** What a survivor told: each of these stands somewhere in the case, and nowhere else may it ever stand. */
export const told = {
  name: 'Canaria Quill',
  legalName: 'Isolde Ravenna Quillon',
  child: 'Serin Quill',
  number: '07700 900457',
  note: 'The canary sings at the harbour wall before seven.',
  need: 'A canary cage of our very own, please.',
  afraid: 'Of the canary catcher who waits by the school gate.',
} as const

export const canaries = Object.values(told)

/** A survivor's case in which everything is told, and somebody is named as causing harm. */
export async function survivorCase(
  by: Person,
  harm = 'Dale Marsh',
  name: string = told.name,
): Promise<string> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const at = { caseId, id: null, version: 0 }
    await saveCard(db, actor, at, CardBody.parse({ name, legalName: told.legalName, role: 'survivor' }))
    await saveCard(db, actor, at, CardBody.parse({ name: told.child, role: 'child' }))
    await saveCard(db, actor, at, CardBody.parse({ name: harm, role: 'personCausingHarm' }))
    await addNote(db, actor, caseId, told.note)
    await saveNeeds(db, actor, { caseId, version: 0 }, [{ id: 'n1', code: '', words: told.need }])
    await saveContact(db, actor, { caseId, version: 0 }, contact)
    const danger = Danger.parse({ afraidOf: told.afraid })
    await saveDanger(db, actor, { caseId, version: 0 }, danger, [], async () => undefined)
    return caseId
  })
}

export const contact = SafeContact.parse({
  nothingAtAll: false,
  ways: [
    {
      id: 'w1',
      channel: 'call',
      value: told.number,
      whoElseSees: 'nobody',
      zone: 'Europe/London',
      whenever: true,
      safe: [],
      unsafe: [],
    },
  ],
  nameSafeToSay: null,
  verifiedAt: new Date().toISOString(),
  verifiedBy: 'Ash',
})

/** A file about somebody, begun by this worker, and with a case if one is named. */
export async function fileAbout(
  by: Person,
  name: string,
  with_: {
    readonly caseId?: string
    readonly team?: readonly string[]
    readonly age?: 'under-18' | 'adult'
  } = {},
): Promise<string> {
  return by.act(async (db, actor) => {
    const started = await startThread(db, actor, {
      person: { name, age: with_.age ?? 'adult' },
      team: with_.team ?? [],
    })
    if ('refused' in started) throw new Error(started.refused)
    if (with_.caseId !== undefined) {
      const done = await belongs(db, actor, with_.caseId, started.threadId, true)
      if ('refused' in done) throw new Error(done.refused)
    }
    return started.threadId
  })
}
