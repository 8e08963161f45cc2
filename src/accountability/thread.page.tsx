import { Hono } from 'hono'

import { colleaguesOf, holdersOf } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  type DenseItem,
  DenseList,
  InsetText,
  Lines,
  NotificationBanner,
  type RowAction,
  SummaryList,
  Timeline,
} from '#platform/ui'

import { entriesOf } from './entry.store.ts'
import type { Entry } from './entry.ts'
import { entryTitle, entryWhen, entryWho } from './entry.view.tsx'
import { NothingFromCase } from './fields.view.tsx'
import { Frame, refusalText, StateTag } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { threadFrom } from './step.ts'
import { inReadingOrder, mayPlan, mayWrite } from './thread.rules.ts'
import type { Thread } from './thread.ts'

export const threadPage = new Hono<MemberEnv>()

/** One file: what waits, who does what by when, what was seen to change. It shows nothing of any case. */
threadPage.get(paths.thread, needs('case:read'), async (c) => {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const { db, actor, t } = c.var
  const holders = await holdersOf(db, actor.partyId, thread.id)
  const staff = await colleaguesOf(db, actor)
  const entries = inReadingOrder(await entriesOf(db, thread.key))
  const writes = mayDo(actor.roles, 'case:write')
  return c.html(
    <Frame screen={c.var} title={thread.person.name} thread={thread} atTop>
      {c.req.query('saved') === '1' ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('accountability.saved')}</p>
        </NotificationBanner>
      ) : null}
      <StateTag t={t} thread={thread} />
      <Standing t={t} thread={thread} />
      {writes ? <Actions t={t} thread={thread} /> : null}
      <Waiting t={t} thread={thread} title="accountability.notices-title" entries={entries.notices} />
      <h2 class="govuk-heading-m">{t('accountability.actions-title')}</h2>
      <DenseList
        items={entries.open.map((entry) => entryItem(t, thread, entry))}
        empty={t('accountability.no-action')}
      />
      <h2 class="govuk-heading-m">{t('accountability.past-title')}</h2>
      {entries.past.length === 0 ? <p class="govuk-body">{t('accountability.past-none')}</p> : null}
      <Timeline items={entries.past.map((entry) => pastItem(t, thread, entry))} />
      <h2 class="govuk-heading-m">{t('accountability.file-title')}</h2>
      <SummaryList
        rows={fileRows(t, thread, {
          owner: staff.find((each) => each.accountId === thread.ownerId)?.name ?? '',
          team: staff.filter((each) => holders.includes(each.accountId)).map((each) => each.name),
          writes,
        })}
      />
      <NothingFromCase t={t} />
    </Frame>,
  )
})

function Standing({ t, thread }: { readonly t: Words; readonly thread: Thread }) {
  const no = mayWrite(thread)
  const doubted = thread.doubt !== null && thread.doubt.review === null
  return (
    <>
      {no === null ? null : <InsetText>{refusalText(t, { refused: 'rule', rule: no })}</InsetText>}
      {doubted ? <InsetText>{t('accountability.doubt.waits')}</InsetText> : null}
      {thread.person.age === 'under-18' ? <InsetText>{t('accountability.young')}</InsetText> : null}
    </>
  )
}

function Actions({ t, thread }: { readonly t: Words; readonly thread: Thread }) {
  const plan = mayPlan(thread, 'other') === null
  const write = mayWrite(thread) === null
  return (
    <ButtonGroup>
      {plan ? (
        <Button href={threadPath('action', thread.id)}>{t('accountability.action.title')}</Button>
      ) : null}
      {write ? (
        <Button href={threadPath('change', thread.id)} variant="secondary">
          {t('accountability.change.title')}
        </Button>
      ) : null}
      <Button href={`${paths.notice}?file=${thread.id}`} variant="secondary">
        {t('accountability.notice.title')}
      </Button>
    </ButtonGroup>
  )
}

function Waiting(p: {
  readonly t: Words
  readonly thread: Thread
  readonly title: string
  readonly entries: readonly Entry[]
}) {
  if (p.entries.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{p.t(p.title)}</h2>
      <DenseList items={p.entries.map((entry) => entryItem(p.t, p.thread, entry))} empty="" />
    </section>
  )
}

function entryItem(t: Words, thread: Thread, entry: Entry): DenseItem {
  const late = entry.dueAt !== null && entry.dueAt.getTime() < Date.now()
  return {
    href: threadPath('entry', thread.id, entry.id),
    title: entryTitle(t, entry.body),
    meta: `${entryWho(t, entry.body)} · ${entryWhen(t, entry)}`,
    fresh: entry.body.kind === 'notice',
    tag: late ? { text: t('accountability.late'), colour: 'orange' } : undefined,
  }
}

function pastItem(t: Words, thread: Thread, entry: Entry) {
  const { body } = entry
  const how =
    body.kind === 'action' && body.result !== null ? t(`accountability.end.${body.result.outcome}`) : ''
  const title = how === '' ? entryTitle(t, body) : `${entryTitle(t, body)}: ${how}`
  return {
    when: entryWhen(t, entry),
    what: (
      <a class="govuk-link" href={threadPath('entry', thread.id, entry.id)}>
        {title}
      </a>
    ),
    who: entryWho(t, body),
    more: body.kind === 'change' && body.words !== '' ? <Lines text={body.words} /> : undefined,
  }
}

function fileRows(
  t: Words,
  thread: Thread,
  p: { readonly owner: string; readonly team: readonly string[]; readonly writes: boolean },
) {
  const to = (page: 'person' | 'team' | 'doubt' | 'end', key: string): RowAction | undefined =>
    p.writes
      ? { href: threadPath(page, thread.id), text: t('people.change'), hidden: t(`accountability.${key}`) }
      : undefined
  const { doubt } = thread
  const said =
    doubt === null
      ? t('accountability.doubt.none')
      : doubt.review === null
        ? t('accountability.doubt.since', { date: t.date(doubt.since) })
        : t(`accountability.doubt.${doubt.review.outcome}`, {
            who: doubt.review.specialist,
            date: t.date(doubt.review.on),
          })
  return [
    {
      key: t('accountability.person.title'),
      value: `${thread.person.name} · ${t(`accountability.age.${thread.person.age}`)}`,
      action: to('person', 'person.title'),
    },
    { key: t('accountability.team.owner'), value: p.owner, action: to('team', 'team.title') },
    { key: t('accountability.team.title'), value: t.list(p.team) },
    { key: t('accountability.doubt.title'), value: said, action: to('doubt', 'doubt.title') },
    {
      key: t('accountability.ending.title'),
      value: t(`accountability.state.${thread.state}`),
      action: to('end', 'ending.title'),
    },
  ]
}
