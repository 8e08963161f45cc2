import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { stepsOf } from './step.store.ts'

/** The steps of a file, for the person's own file: the service, the day it waits for, and why. Of other people it says nothing. */
export async function togetherEntries(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly { readonly key: string; readonly title: string; readonly text: string }[]> {
  return (await stepsOf(db, actor.partyId, [file.key])).map((step) => ({
    key: `step~${step.id}`,
    title: t('together.steps.title'),
    text: [
      step.service.name,
      step.wait?.on === undefined || step.wait.on === null
        ? ''
        : t('together.order.day', { day: t.date(step.wait.on) }),
      step.view === null ? '' : t(`together.view.${step.view}`),
      step.why,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  }))
}
