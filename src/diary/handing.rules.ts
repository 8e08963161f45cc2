import type { Handing } from './handing.ts'

export type HandingAct = 'accept' | 'decline' | 'take-back'

/** Whether somebody may answer an offer so: whom it is offered to accepts or declines, who keeps the case takes it back. */
export function mayAnswer(
  handing: Pick<Handing, 'state' | 'fromId' | 'toId'>,
  act: HandingAct,
  by: { readonly accountId: string; readonly ownerId: string; readonly leads: boolean },
): boolean {
  if (handing.state !== 'offered') return false
  if (act !== 'take-back') return handing.toId === by.accountId
  return handing.fromId === by.accountId || by.ownerId === by.accountId || by.leads
}
