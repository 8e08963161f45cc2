import type { CaseFile } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList, InsetText } from '#platform/ui'

import { threadsIn } from './link.actions.ts'
import { fileItem } from './list.page.tsx'
import { inCasePath, threadPath } from './paths.ts'
import { workedFiles } from './quiet.actions.ts'
import { quietOf } from './quiet.rules.ts'
import { quietDays } from './setting.store.ts'
import { inReadingOrder } from './thread.rules.ts'
import { threadsOf } from './thread.store.ts'

/** On a survivor's case: what is done about the person causing harm, for who may see both; or a sentence that nothing is. */
export async function harmInCase(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const files = [...(await workedFiles(db, actor, await threadsIn(db, actor, file))).values()]
  if (files.length === 0 && file.personsCausingHarm.length === 0) return null
  const days = await quietDays(db, actor.partyId)
  const quiet = file.state === 'active' ? quietOf(files, days, new Date()) : null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('accountability.in-case.title')}</h2>
      {quiet === null ? null : <InsetText>{t(`accountability.in-case.${quiet}`, { days })}</InsetText>}
      {files.length === 0 ? null : <DenseList items={files.map((each) => fileItem(t, each))} empty="" />}
      {mayDo(actor.roles, 'case:write') ? (
        <p class="govuk-body">
          <a class="govuk-link" href={inCasePath(file.caseId)}>
            {t(files.length === 0 ? 'accountability.in-case.start' : 'accountability.in-case.change')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** In *My work*: notices of danger about which nothing was written down yet. */
export async function noticesWaiting(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'case:write')) return null
  const files = [...(await workedFiles(db, actor, await threadsOf(db, actor), 'open')).values()]
  const items = files.flatMap(({ thread, entries }) =>
    inReadingOrder(entries).notices.map((entry) => ({
      href: threadPath('entry', thread.id, entry.id),
      title: t('accountability.notice.waits', { name: thread.person.name }),
      meta: t.date(entry.body.kind === 'notice' ? entry.body.on : ''),
      fresh: true,
    })),
  )
  if (items.length === 0) return null
  return (
    <section aria-labelledby="notices-waiting">
      <h2 class="govuk-heading-m" id="notices-waiting">
        {t('accountability.notices-title')}
      </h2>
      <DenseList items={items} empty="" />
    </section>
  )
}
