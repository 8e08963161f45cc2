import { enterByCode, makeLink, onLetter, prepareLink } from '#light'
import { officeOf } from '#parties'
import { decide } from '#referrals'

import { threadAt } from './demo.store.ts'
import { decisionOf, held, type Sent, type Step, type Way } from './referral-step.actions.ts'
import type { Hand } from './staff.actions.ts'

/** An organisation without an account answers: the sender's link leaves by mail, and its code opens the letter once. */
export async function answerAsOffice(way: Way, sender: Hand, sent: Sent, step: Step): Promise<void> {
  const { pools, installation, publicUrl } = way.at
  const prepared = await prepareLink(installation)
  if ('refused' in prepared) throw new Error(`No link for ${way.person.id}: ${prepared.refused}`)
  await sender.act(async (db, actor) => {
    const { otherParty } = await threadAt(db, sent.threadId)
    const office = await officeOf(db, actor, { officeId: otherParty })
    const mail = office?.mail ?? ''
    held(await makeLink(db, actor, sent.threadId, prepared, { installation, publicUrl, mail }))
  })
  const entered = await enterByCode({ pools, installation }, prepared.token, prepared.code)
  if ('refused' in entered) throw new Error(`The link for ${way.person.id}: ${entered.refused}`)
  const person = { name: step.office?.name ?? '', phone: step.office?.phone ?? '', cover: '' }
  const said = await onLetter(pools, entered.cookie, async ({ db, actor, threadId, close }) => {
    held(await decide(db, actor, await threadAt(db, threadId), decisionOf(way, step, person)))
    await close(true)
    return true
  })
  if (said !== true) throw new Error(`The letter for ${way.person.id} did not open.`)
}
