import type { OpenSource } from '#diary'
import { type CaseFile, namesToUse } from '#people'
import { type Actor, caseKeys, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'
import { stoodIn } from '#referrals'
import { releaseOf } from '#releases'

import { togetherPath } from './paths.ts'
import { orderOf } from './sequence.rules.ts'
import { openStep, stepsOf, waitingRows } from './step.store.ts'

/** On a case: the way to help for several people of a family in one act. It says the same whether there is one or none. */
export async function togetherSection(_db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  if (!mayDo(actor.roles, 'release:write')) return null
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={togetherPath('steps', file.caseId)}>
        {t('together.steps.title')}
      </a>
    </p>
  )
}

/** So many waiting steps are looked at. */
const most = 60

/** In *My work*: steps of this worker's people whose turn has come, and those whose turn will not come by itself. */
export async function stepsForUs(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'release:write')) return null
  const rows = await waitingRows(db, actor.partyId, actor.accountId, most)
  if (rows.length === 0) return null
  const keys = await caseKeys(db, actor, [...new Set(rows.map((row) => row.case_id))])
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const steps = rows.flatMap((row) => {
    const key = keys.get(row.case_id)
    return key === undefined ? [] : [openStep(key, row)]
  })
  const threads = steps.flatMap((step) => step.wait?.thread ?? [])
  const stood = await stoodIn(db, actor.partyId, threads)
  const due = steps
    .map((step) => ({ step, order: orderOf(step, stood.get(step.wait?.thread ?? '') ?? [], today) }))
    .filter(({ order }) => order === 'ready' || order === 'stuck')
  if (due.length === 0) return null
  const names = await namesToUse(db, actor, keys)
  return (
    <section aria-labelledby="steps-ready">
      <h2 class="govuk-heading-m" id="steps-ready">
        {t('together.work.title')}
      </h2>
      <DenseList
        items={due.map(({ step, order }) => ({
          href: togetherPath('steps', step.caseId),
          title: names.get(step.caseId) || t('people.no-name'),
          meta: step.service.name,
          tag: { text: t(`together.work.${order}`), colour: order === 'ready' ? 'green' : 'orange' },
        }))}
        empty=""
      />
    </section>
  )
}

/** Steps that were begun for somebody and did not go yet: named before their case is handed over or ends. */
export const openSteps: OpenSource = async (db, actor, t, file) => {
  const open = (await stepsOf(db, actor.partyId, [file.key])).filter((step) => step.thread === null)
  const drafts = await Promise.all(open.map((step) => releaseOf(db, file.key, step.release)))
  return open
    .filter((_step, at) => drafts[at]?.state === 'draft')
    .map((step) => ({
      text: t('together.work.open', { service: step.service.name }),
      href: togetherPath('steps', file.caseId),
    }))
}
