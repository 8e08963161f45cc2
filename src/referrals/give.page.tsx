import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type CaseLine, casesOf, type Colleague, colleaguesOf } from '#people'
import { isId, mayDo } from '#platform/access'
import { type FieldErrors, listOf, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  Checkboxes,
  type Choice,
  EmptyState,
  InsetText,
  NotificationBanner,
  PageHeading,
  Select,
  StaffPage,
} from '#platform/ui'

import { type Given, giveWork, mostGiven } from './give.actions.ts'
import { threadItem } from './line.view.tsx'
import { type ListLine, threadsOpen } from './list.actions.ts'
import { paths } from './paths.ts'

const nobody = 'nobody'
const Form = z.object({
  from: z.union([z.uuid(), z.literal(nobody)]),
  to: z.union([z.uuid('referrals.give.to-missing'), z.literal(nobody)]),
  cases: z.array(z.uuid()).max(mostGiven).default([]),
  threads: z.array(z.uuid()).max(mostGiven).default([]),
})

export const givePage = new Hono<MemberEnv>()

/** What one worker has open, or what nobody has taken up, to give all or some of it to a colleague at once. */
givePage.get(paths.give, needs('case:lead'), async (c) => {
  const from = c.req.query('from') ?? ''
  return isGiver(from) ? show(c, { from, to: '' }) : c.redirect(paths.load, 303)
})

givePage.post(paths.give, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) {
    const from = String(form.values['from'] ?? '')
    const ticked = [...listOf(form.values, 'cases'), ...listOf(form.values, 'threads')]
    return isGiver(from) ? show(c, { from, to: '', ticked, errors: form.errors }) : notFound(c)
  }
  const { from, to } = form.data
  const given = await giveWork(db, actor, { ...form.data, from: workerOf(from), to: workerOf(to) })
  if (!('refused' in given)) return show(c, { from, to: '', went: to, given })
  const field = given.refused === 'nothing-chosen' ? 'cases' : 'to'
  const ticked = [...form.data.cases, ...form.data.threads]
  return show(c, { from, to, ticked, errors: { [field]: t(`referrals.give.refused.${given.refused}`) } })
})

/** Whose work can be given: a worker's, or nobody's. */
function isGiver(from: string): boolean {
  return from === nobody || isId(from)
}

function workerOf(who: string): string | null {
  return who === nobody ? null : who
}

interface Shown {
  readonly from: string
  /** Who is chosen in the form. */
  readonly to: string
  /** To whom it went. */
  readonly went?: string
  readonly ticked?: readonly string[]
  readonly given?: Given
  readonly errors?: FieldErrors
}

async function show(c: Context<MemberEnv>, shown: Shown) {
  const { db, actor, t } = c.var
  const workers = await colleaguesOf(db, actor)
  const from = workers.find((each) => each.accountId === shown.from)
  const others = workers.filter((each) => each !== from && mayDo(each.roles, 'case:write'))
  const worker = workerOf(shown.from)
  const cases =
    worker === null
      ? { lines: [], total: 0 }
      : await casesOf(db, actor, { whose: 'everyone', owners: [worker], limit: mostGiven })
  const threads = await threadsOpen(db, actor, worker, mostGiven)
  // Somebody who has left is found by what they left open; an account of nobody here is found by nothing.
  const nothing = cases.total + threads.lines.length === 0
  if (worker !== null && from === undefined && nothing && shown.given === undefined) return notFound(c)
  const name = from?.name ?? t('people.notes.gone')
  const title = worker === null ? t('referrals.give.title-nobody') : t('referrals.give.title', { name })
  const open = {
    cases: cases.lines.map((line) => caseChoice(t, line)),
    threads: threads.lines.map((line) => threadChoice(t, line)),
  }
  const errors = shown.errors ?? {}
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={c.var.nav}
      current={paths.list}
      title={title}
      back={{ href: paths.load, text: t('referrals.load.title') }}
      errors={errors}
    >
      <Done t={t} shown={shown} workers={workers} />
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body">{t('referrals.give.lead')}</p>
      {open.cases.length + open.threads.length === 0 ? (
        <EmptyState title={t('referrals.give.empty')} />
      ) : (
        <GiveForm t={t} shown={shown} open={open} others={others} errors={errors} />
      )}
      {cases.total > mostGiven || threads.next !== null ? (
        <InsetText>{t('referrals.give.more', { count: mostGiven })}</InsetText>
      ) : null}
    </StaffPage>,
    shown.errors === undefined ? 200 : 422,
  )
}

function caseChoice(t: Words, line: CaseLine): Choice {
  return {
    value: line.caseId,
    text: line.name === '' ? t('people.no-name') : line.name,
    hint: line.dueAt === null ? undefined : t('people.line.due', { date: t.shortDate(line.dueAt) }),
  }
}

function threadChoice(t: Words, line: ListLine): Choice {
  const item = threadItem(t, line)
  return { value: line.id, text: item.title, hint: item.meta }
}

function GiveForm(p: {
  readonly t: Words
  readonly shown: Shown
  readonly open: { readonly cases: readonly Choice[]; readonly threads: readonly Choice[] }
  readonly others: readonly Colleague[]
  readonly errors: FieldErrors
}) {
  const { t, shown, open, errors } = p
  return (
    <form method="post" action={paths.give} novalidate>
      <input type="hidden" name="from" value={shown.from} />
      {open.cases.length === 0 ? null : (
        <Checkboxes
          name="cases"
          legend={t('referrals.give.cases')}
          items={open.cases}
          values={shown.ticked}
          error={errors['cases']}
          small
        />
      )}
      {open.threads.length === 0 ? null : (
        <Checkboxes
          name="threads"
          legend={t('referrals.give.threads')}
          items={open.threads}
          values={shown.ticked}
          error={open.cases.length === 0 ? errors['cases'] : undefined}
          small
        />
      )}
      <Select
        name="to"
        label={t('referrals.give.to')}
        hint={t('referrals.give.to-hint')}
        value={shown.to}
        error={errors['to']}
        items={[{ value: '', text: t('referrals.give.choose') }, ...p.others.map(choiceOf)]}
      />
      <Button>{t('referrals.give.go')}</Button>
    </form>
  )
}

function choiceOf(each: Colleague) {
  return { value: each.accountId, text: each.name }
}

/** What moved, and the same back again with one click. */
function Done(p: { readonly t: Words; readonly shown: Shown; readonly workers: readonly Colleague[] }) {
  const { t, shown } = p
  const { given } = shown
  if (given === undefined) return null
  const moved = given.cases.length + given.threads.length
  const name = p.workers.find((each) => each.accountId === shown.went)?.name ?? ''
  const done = shown.went === nobody ? 'done-nobody' : 'done'
  return (
    <NotificationBanner kind={moved > 0 ? 'success' : 'important'}>
      <p class="govuk-notification-banner__heading">{t(`referrals.give.${done}`, { count: moved, name })}</p>
      {given.stayed === 0 ? null : (
        <p class="govuk-body">{t('referrals.give.stayed', { count: given.stayed })}</p>
      )}
      {moved === 0 ? null : (
        <form method="post" action={paths.give}>
          <input type="hidden" name="from" value={shown.went} />
          <input type="hidden" name="to" value={shown.from} />
          {given.cases.map((id) => (
            <input type="hidden" name="cases" value={id} />
          ))}
          {given.threads.map((id) => (
            <input type="hidden" name="threads" value={id} />
          ))}
          <Button variant="secondary">{t('referrals.give.back')}</Button>
        </form>
      )}
    </NotificationBanner>
  )
}
