import { type Context, Hono } from 'hono'

import { casePath, colleaguesOf, openFile, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, ButtonGroup, DenseList, NotificationBanner, Timeline } from '#platform/ui'

import { mostOpen } from './entry.actions.ts'
import { allTheirs } from './entry.rules.ts'
import { entriesOf } from './entry.store.ts'
import { cameText, entryItem, whenText } from './entry.view.tsx'
import { diaryPath, paths } from './paths.ts'

/** How much of what is over the page shows. */
const shownOver = 100

export const caseDiaryPage = new Hono<MemberEnv>()

/** Next steps and appointments of one case: what is open, soonest first, and what became of the others. */
caseDiaryPage.get(paths.ofCase, needs('case:read'), show)

async function show(c: Context<MemberEnv>) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const open = await entriesOf(db, file.key, 'open', mostOpen)
  const over = await entriesOf(db, file.key, 'over', shownOver)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const now = new Date()
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('diary.case.title')} lead={t('diary.case.lead')}>
      {c.req.query('interference') === '1' ? (
        <NotificationBanner>
          <p class="govuk-notification-banner__heading">{t('diary.way.interference-heading')}</p>
          <p class="govuk-body">
            {t('diary.way.interference-text')}{' '}
            <a class="govuk-link" href={casePath('contact', file.caseId)}>
              {t('people.contact.title')}
            </a>
          </p>
        </NotificationBanner>
      ) : null}
      {mayDo(actor.roles, 'case:write') ? (
        <ButtonGroup>
          <Button href={`${diaryPath('add', file.caseId)}?kind=step`}>{t('diary.case.add-step')}</Button>
          <Button href={`${diaryPath('add', file.caseId)}?kind=appointment`} variant="secondary">
            {t('diary.case.add-appointment')}
          </Button>
        </ButtonGroup>
      ) : null}
      {allTheirs(open, null) ? <p class="govuk-body app-muted">{t('diary.case.all-theirs')}</p> : null}
      <DenseList
        items={open.map((entry) => entryItem(t, entry, { names, now }))}
        empty={t('diary.case.empty')}
      />
      {over.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('diary.case.over')}</h2>
          <Timeline
            items={over.map((entry) => ({
              when: whenText(t, entry),
              machineTime: entry.dueAt.toISOString(),
              what: (
                <a class="govuk-link" href={diaryPath('entry', file.caseId, entry.id)}>
                  {entry.body.words}
                </a>
              ),
              who: entry.body.came?.by,
              more: cameText(t, entry),
            }))}
          />
        </>
      )}
    </TaskFrame>,
  )
}
