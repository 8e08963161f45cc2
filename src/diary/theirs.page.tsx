import { type Context, Hono } from 'hono'

import { type CaseFile, casePath, openFile, type Screen, TaskFrame } from '#people'
import { calendarText } from '#platform/calendar'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, InsetText, PageHeading, PlainPage, SummaryList, WarningText } from '#platform/ui'

import type { Entry } from './entry.ts'
import { keepTold } from './entry.actions.ts'
import { entryOf } from './entry.store.ts'
import { diaryPath, paths } from './paths.ts'
import { mayTell } from './theirs.rules.ts'

export const theirsPage = new Hono<MemberEnv>()

/**
 * Day and time for the person, on paper or for their calendar: neutral words, asked a second time, and only where safe contact
 * lets it be. The making is a POST: no link and no reload makes one.
 */
theirsPage.get(paths.theirs, needs('case:write'), async (c) => {
  const found = await foundOf(c)
  return found === null ? notFound(c) : c.html(<Ask screen={c.var} {...found} />)
})

theirsPage.post(paths.theirs, needs('case:write'), async (c) => {
  const found = await foundOf(c)
  if (found === null) return notFound(c)
  const { file, entry } = found
  const how = c.req.query('how') === 'calendar' ? 'calendar' : 'print'
  const now = new Date()
  if (!mayTell(file.contact, how, now).may) return c.html(<Ask screen={c.var} {...found} />, 409)
  await keepTold(c.var.db, c.var.actor, { caseId: file.caseId, id: entry.id }, how)
  if (how === 'print') return c.html(<Paper screen={c.var} {...found} />)
  const line = {
    id: entry.id,
    title: c.var.t('diary.theirs.paper'),
    place: entry.body.theirWords,
    from: entry.dueAt,
    minutes: entry.body.minutes ?? 60,
  }
  const text = calendarText([line], { is: 'published' }, now)
  return c.body(text, 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'attachment; filename="appointment.ics"',
  })
})

interface Found {
  readonly file: CaseFile
  readonly entry: Entry
}

async function foundOf(c: Context<MemberEnv>): Promise<Found | null> {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id') ?? '')
  const entry = file === null ? null : await entryOf(c.var.db, file.key, c.req.param('entry') ?? '')
  const shown = entry?.body.kind === 'appointment' && entry.state === 'open'
  return file !== null && entry !== null && shown ? { file, entry } : null
}

/** The second yes: who could find it, what it says, and whether safe contact lets it be. */
function Ask({ screen, file, entry }: Found & { readonly screen: Screen }) {
  const { t } = screen
  const now = new Date()
  const action = diaryPath('theirs', file.caseId, entry.id)
  return (
    <TaskFrame
      screen={screen}
      file={file}
      title={t('diary.theirs.title')}
      lead={t('diary.theirs.lead')}
      back={{ href: diaryPath('entry', file.caseId, entry.id), text: t('diary.entry.title-appointment') }}
    >
      <InsetText>
        {t('diary.theirs.says')}{' '}
        {[t('diary.theirs.paper'), t.dateTime(entry.dueAt), entry.body.theirWords]
          .filter((part) => part !== '')
          .join(' · ')}
      </InsetText>
      {(['print', 'calendar'] as const).map((how) => {
        const answer = mayTell(file.contact, how, now)
        return (
          <section>
            <h2 class="govuk-heading-s">{t(`diary.theirs.${how}`)}</h2>
            {answer.may ? (
              <form method="post" action={`${action}?how=${how}`}>
                <p class="govuk-body">{t(`diary.theirs.${how}-text`)}</p>
                <Button variant="secondary">{t(`diary.theirs.${how}-go`)}</Button>
              </form>
            ) : (
              <WarningText>{t(answer.key)}</WarningText>
            )}
          </section>
        )
      })}
      <p class="govuk-body">
        <a class="govuk-link" href={casePath('contact', file.caseId)}>
          {t('people.contact.title')}
        </a>
      </p>
    </TaskFrame>
  )
}

/** What goes on paper: no name, no agency, no product. */
function Paper({ screen: { t }, file, entry }: Found & { readonly screen: Screen }) {
  const back = { href: diaryPath('entry', file.caseId, entry.id), text: t('people.print.back') }
  const words = entry.body.theirWords
  return (
    <PlainPage t={t} title={t('diary.theirs.paper')} back={back}>
      <PageHeading>{t('diary.theirs.paper')}</PageHeading>
      <SummaryList
        rows={[
          { key: t('diary.theirs.day'), value: `${t.weekday(entry.dueAt)} ${t.date(entry.dueAt)}` },
          { key: t('diary.theirs.time'), value: t.time(entry.dueAt) },
          ...(words === '' ? [] : [{ key: t('diary.theirs.more'), value: words }]),
        ]}
      />
    </PlainPage>
  )
}
