import { Hono } from 'hono'

import { AboutText } from '#language'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  type Content,
  DenseList,
  Details,
  InsetText,
  NotificationBanner,
  PageHeading,
  Timeline,
  Lines,
} from '#platform/ui'

import type { CaseFile } from './case.ts'
import { recordedToChange, subjectOf } from './card.rules.ts'
import { colleaguesOf } from './colleague.store.ts'
import { Group, Jump } from './case-groups.view.tsx'
import { ClosedTag, nameOf, type Screen, WorkFrame } from './frame.view.tsx'
import type { Note } from './note.ts'
import { notesOf } from './note.actions.ts'
import { NoteClassChoice, NoteClassTag } from './note-class.view.tsx'
import { type NextStep, nextStepsOf } from './next-step.rules.ts'
import { cardPath, casePath, paths } from './paths.ts'
import { recordedText } from './recorded.view.tsx'
import { cardLine } from './summary.view.tsx'
import { fileOf } from './task.ts'

/** A part of a case's page that another room brings: what was shared, what waits. Null shows nothing. */
export type CaseSection = (db: Tx, actor: Actor, t: Words, file: CaseFile) => Promise<Content>

const notesShown = 4

/** The case at a glance: the name to use, how to be in touch, what the person wants, what would help next. */
export function casePage(sections: readonly CaseSection[]): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.case, needs('case:read'), async (c) => {
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    const { db, actor, t } = c.var
    const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
    const parts: Content[] = []
    for (const section of sections) parts.push(await section(db, actor, t, file))
    const notes = await notesOf(db, file.key, notesShown)
    return c.html(
      <CaseView
        screen={c.var}
        file={file}
        notes={notes}
        names={names}
        parts={parts}
        saved={c.req.query('saved') === '1'}
      />,
    )
  })
  return page
}

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
  readonly notes: readonly Note[]
  readonly names: ReadonlyMap<string, string>
  readonly parts: readonly Content[]
  readonly saved: boolean
}

function CaseView(p: Props) {
  const { t, actor } = p.screen
  const { file } = p
  const writes = mayDo(actor.roles, 'case:write')
  return (
    <WorkFrame
      screen={p.screen}
      title={t('people.case.title')}
      back={{ href: paths.work, text: t('people.work.title') }}
    >
      {p.saved ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('people.saved')}</p>
        </NotificationBanner>
      ) : null}
      <PageHeading caption={captionOf(t, file)}>{nameOf(t, file)}</PageHeading>
      {file.sort === 'closed' ? (
        <p class="govuk-body">
          <ClosedTag t={t} /> {t('people.case.closed')}
        </p>
      ) : null}
      {file.state === 'ended' ? <InsetText>{t('people.case.ended')}</InsetText> : null}
      {writes ? <Actions t={t} file={file} /> : null}
      <NextSteps t={t} file={file} />
      <Jump t={t} />
      <Group t={t} file={file} writes={writes} group="about" />
      <People t={t} file={file} writes={writes} />
      <Group t={t} file={file} writes={writes} group="happens" />
      <Group t={t} file={file} writes={writes} group="help" />
      {[...p.parts]}
      <Notes {...p} writes={writes} />
      <Keeping {...p} />
    </WorkFrame>
  )
}

function captionOf(t: Words, file: CaseFile): string {
  const started = t('people.case.started', { date: t.date(file.openedAt) })
  return file.dueAt === null ? started : `${started} · ${t('people.line.due', { date: t.date(file.dueAt) })}`
}

function Actions({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  return (
    <ButtonGroup>
      <Button href={casePath('menu', file.caseId)}>{t('people.case.see-menu')}</Button>
      <Button href={casePath('contactNow', file.caseId)} variant="secondary">
        {t('people.case.contact-now')}
      </Button>
    </ButtonGroup>
  )
}

function NextSteps({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const steps = nextStepsOf(file, new Date(), today).slice(0, 3)
  const recorded = file.state === 'ended' ? [] : recordedToChange(file.cards)
  if (steps.length + recorded.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-s">{t('people.case.next')}</h2>
      <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
        {recorded.map((card) => (
          <li>
            <a class="govuk-link" href={cardPath(file.caseId, card.id)}>
              {t('people.step.recorded', {
                name: card.name === '' ? t('people.no-name') : card.name,
                as: recordedText(t, card),
              })}
            </a>
          </li>
        ))}
        {steps.map((step) => (
          <li>
            <a class="govuk-link" href={casePath(pageOf[step], file.caseId)}>
              {t(`people.step.${step}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

const pageOf: Readonly<Record<NextStep, Parameters<typeof casePath>[0]>> = {
  'first-contact': 'urgency',
  late: 'end',
  'contact-missing': 'contact',
  'contact-old': 'contact',
  'needs-missing': 'needs',
  'details-missing': 'situation',
  'details-old': 'situation',
  'wishes-missing': 'wishes',
}

function People({
  t,
  file,
  writes,
}: {
  readonly t: Words
  readonly file: CaseFile
  readonly writes: boolean
}) {
  const subject = subjectOf(file.cards)
  const items = file.cards.map((card) => ({
    href: cardPath(file.caseId, card.id),
    title: card.name === '' ? t('people.no-name') : card.name,
    meta: cardLine(t, card),
    tag:
      card.role === 'personCausingHarm' && card !== subject
        ? { text: t('people.case.never-contact'), colour: 'red' as const }
        : undefined,
  }))
  return (
    <section>
      <h3 class="govuk-heading-s">{t('people.case.people')}</h3>
      <DenseList items={items} empty={t('people.case.people-empty')} />
      {writes ? (
        <p class="govuk-body">
          <a class="govuk-link" href={cardPath(file.caseId, 'new')}>
            {t(file.cards.length === 0 ? 'people.case.first-person' : 'people.case.another-person')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

function Notes(p: Props & { readonly writes: boolean }) {
  const { t } = p.screen
  const items = p.notes.map((note) => ({
    when: t.dateTime(note.writtenAt),
    machineTime: note.writtenAt.toISOString(),
    what: <Lines text={note.words} />,
    more: <NoteClassTag t={t} actor={p.screen.actor} note={note} />,
    who: p.names.get(note.authorId) ?? t('people.notes.gone'),
  }))
  return (
    <section>
      <h2 class="govuk-heading-l" id="notes">
        {t('people.notes.title')}
      </h2>
      {p.writes ? (
        <Details summary={t('people.notes.add')}>
          <form method="post" action={casePath('notes', p.file.caseId)}>
            <AboutText t={t} name="words" label={t('people.notes.words')} rows={3} />
            <NoteClassChoice t={t} actor={p.screen.actor} />
            <Button>{t('people.notes.save')}</Button>
          </form>
        </Details>
      ) : null}
      {items.length === 0 ? (
        <p class="govuk-body app-muted">{t('people.notes.empty')}</p>
      ) : (
        <Timeline items={items} />
      )}
      {items.length < notesShown ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={casePath('notes', p.file.caseId)}>
            {t('people.notes.all')}
          </a>
        </p>
      )}
    </section>
  )
}

/** Whose the case is, and what can be done with the case itself. */
function Keeping(p: Props) {
  const { t, actor } = p.screen
  const { file } = p
  const link = (
    page: Parameters<typeof casePath>[0],
    word: string,
    permission: Parameters<typeof mayDo>[1],
  ) =>
    mayDo(actor.roles, permission) ? (
      <li>
        <a class="govuk-link" href={casePath(page, file.caseId)}>
          {t(word)}
        </a>
      </li>
    ) : null
  return (
    <section>
      <h2 class="govuk-heading-l" id="keeping">
        {t('people.case.keeping')}
      </h2>
      <p class="govuk-body">
        {t('people.case.worker', { name: p.names.get(file.ownerId) ?? t('people.notes.gone') })}
      </p>
      <ul class="govuk-list">
        {link('worker', 'people.worker.title', 'case:lead')}
        {link('handing', 'people.case.hand-over', 'case:write')}
        {link('end', 'people.end.title', 'case:write')}
        {link('closing', file.state === 'ended' ? 'people.end.again' : 'people.end.end', 'case:write')}
        {link('print', 'people.print.title', 'case:read')}
        {link('team', 'people.team.title', 'case:write')}
        {link('conflict', 'people.not-me.title', 'case:write')}
        {link('pair', 'people.pair.title', 'privacy:lead')}
        {link('legalHold', 'people.legal-hold.title', 'case:keep')}
        {link('erase', 'people.erase.title', 'privacy:lead')}
      </ul>
    </section>
  )
}
