import { nameOf, openForWork, readFile } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'
import { type BesideThreads, type ThreadFile, threadPath } from '#referrals'

import { holds, mayGo, named, stopped } from './name.actions.ts'
import { togetherPath } from './paths.ts'
import { stepsOf } from './step.store.ts'
import { stepsIn } from './steps.actions.ts'
import { stageTag } from './steps.view.tsx'
import { went } from './went.actions.ts'

/** On the page of one referral of ours: who else of the same act goes where, for whoever may see their files too. */
async function section(db: Tx, actor: Actor, t: Words, { thread }: ThreadFile): Promise<Content> {
  if (thread.side !== 'from' || thread.caseId === null || !mayDo(actor.roles, 'case:read')) return null
  const opened = await openForWork(db, actor, thread.caseId, 'reading')
  if (opened === null) return null
  const own = (await stepsOf(db, actor.partyId, [opened.key])).find((step) => step.thread === thread.id)
  if (own === undefined) return null
  const file = await readFile(db, opened)
  const steps = await stepsIn(db, actor, t, { key: opened.key, name: nameOf(t, file) })
  const others = steps.filter((each) => each.step.act === own.act && each.step.id !== own.id)
  return (
    <section aria-labelledby="same-family">
      <h2 class="govuk-heading-m" id="same-family">
        {t('together.thread.title')}
      </h2>
      <p class="govuk-body">{t('together.thread.only-here')}</p>
      <DenseList
        items={others.map((each) => ({
          href:
            each.thread === null
              ? togetherPath('steps', each.step.caseId)
              : threadPath('thread', each.thread.id),
          title: each.name,
          meta: each.step.service.name,
          tag: stageTag(t, each),
        }))}
        empty={t('together.thread.alone')}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={togetherPath('steps', thread.caseId)}>
          {t('together.thread.see')}
        </a>
      </p>
    </section>
  )
}

/** What stands beside every referral. */
export const besideThreads: BesideThreads = { holds, mayGo, went, stopped, named, section }
