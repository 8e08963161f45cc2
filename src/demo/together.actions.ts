import { serviceByCode } from '#directory'
import { nameOf, openFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { beginAct, saveOrder, stepsIn } from '#together'
import { z } from 'zod'

import { daysAgo, type Making } from './make.ts'
import type { Hand } from './staff.actions.ts'

/** The services of an act by their codes, for the parent and for the child, which of the files is the child's, and whose turn is first. */
export const InOneAct = z.object({
  parent: z.string(),
  child: z.string(),
  of: z.string(),
  view: z.literal('child-in-own-right'),
  why: z.string(),
})
type InOneAct = z.output<typeof InOneAct>

/** A parent and a child in one act, each a draft of their own; the turn of the second has come since, which *My work* says. */
export async function makeTogether(
  at: Making,
  worker: Hand | undefined,
  act: InOneAct,
  files: { readonly parent: string | undefined; readonly child: string | undefined },
): Promise<void> {
  const { parent, child } = files
  if (worker === undefined || parent === undefined || child === undefined) return
  const on = daysAgo(at.now, 1).toISOString().slice(0, 10)
  await worker.act((db, actor) => begin(at, db, actor, act, { parent, child, on }))
}

async function begin(
  at: Making,
  db: Tx,
  actor: Actor,
  act: InOneAct,
  { parent, child, on }: { readonly parent: string; readonly child: string; readonly on: string },
): Promise<void> {
  const t = at.wordsFor({ pack: actor.pack, sector: actor.sector })
  const [one, two] = [await serviceByCode(db, act.parent), await serviceByCode(db, act.child)]
  if (one === null || two === null) return
  const begun = await beginAct(db, actor, t, parent, [
    { caseId: parent, service: one.id, joint: false },
    { caseId: child, service: two.id, joint: false },
  ])
  if ('refused' in begun) throw new Error(begun.refused)
  const file = await openFile(db, actor, parent)
  if (file === null) return
  const steps = await stepsIn(db, actor, t, { key: file.key, name: nameOf(t, file) })
  const step = steps.find((each) => each.step.caseId === parent)?.step
  const first = steps.find((each) => each.step.caseId === child)?.step
  if (step === undefined || first === undefined) return
  const saved = await saveOrder(
    db,
    actor,
    t,
    { caseId: parent, id: step.id, version: step.version },
    {
      wait: { step: first.id, thread: null, state: 'accepted', on },
      view: act.view,
      why: act.why,
      words: '',
    },
    steps,
  )
  if ('refused' in saved) throw new Error(saved.refused)
}
