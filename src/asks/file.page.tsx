import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { openFile } from '#people'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  readPosted,
  textOf,
} from '#platform/http'
import { Button, InsetText, Radios } from '#platform/ui'
import { CaseFrame, nameToUse } from '#releases'

import { askForFile, askOf, changeAsk } from './ask.actions.ts'
import { askedHow, type FilePick, leftOutGrounds } from './ask.ts'
import type { DisclosureSource } from './disclosure.ts'
import { entriesOf } from './file-entries.view.ts'
import { clockKey } from './clock.rules.ts'
import { mayAsk, packOf } from './file-pack.rules.ts'
import { PicksForm } from './file-picks.view.tsx'
import { askPath, paths } from './paths.ts'

const New = z.object({
  who: z.string('asks.file.who-missing').min(1, 'asks.file.who-missing').max(60),
  how: z.enum(askedHow, 'asks.how-missing'),
})

/** Asking for a file, and deciding entry by entry what is in it. */
export function filePage(sources: readonly DisclosureSource[]): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.newFile, needs('case:write'), (c) => showNew(c, {}, {}))

  page.post(paths.newFile, needs('case:write'), async (c) => {
    const form = await readForm(c, New)
    if (!form.ok) return showNew(c, form.errors, form.values)
    const { db, actor, t } = c.var
    const caseId = c.req.param('id')
    const done = await askForFile(db, actor, caseId, t.timeZone, form.data)
    if ('id' in done) return c.redirect(askPath('file', caseId, done.id), 303)
    if (done.refused === 'no-case') return notFound(c)
    return showNew(c, { who: t('asks.file.not-theirs') }, form.data)
  })

  page.get(paths.file, needs('case:write'), (c) => showPicks(c, sources, false))

  page.post(paths.file, needs('case:write'), async (c) => {
    const { db, actor } = c.var
    const file = await openFile(db, actor, c.req.param('id'))
    const ask = file === null ? null : await askOf(db, file, c.req.param('ask'), 'file')
    if (file === null || ask === null) return notFound(c)
    const body = { ...ask.body, picks: picksIn(await readPosted(c)) }
    const done = await changeAsk(db, actor, file, ask, { body, answered: false, what: 'file-decided' })
    if ('refused' in done) return showPicks(c, sources, true)
    return c.redirect(askPath('give', file.caseId, ask.id), 303)
  })
  return page
}

/** What was decided about each entry; a ground that is none of ours counts as none. */
function picksIn(posted: Awaited<ReturnType<typeof readPosted>>): FilePick[] {
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim().slice(0, 500) : ''
  }
  return (posted.get('key') ?? []).slice(0, 500).flatMap((key) => {
    if (typeof key !== 'string' || key.length > 120) return []
    const outFor = leftOutGrounds.find((ground) => ground === text(`out-${key}`)) ?? null
    const inBecause = text(`in-${key}`)
    return outFor === null && inBecause === '' ? [] : [{ key, inBecause, outFor }]
  })
}

async function showNew(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const people = mayAsk(file)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('asks.file.title')}
      back={{ href: askPath('asks', file.caseId), text: t('asks.title') }}
      errors={errors}
    >
      <p class="govuk-body">{t('asks.file.lead')}</p>
      <InsetText>{t('asks.file.never')}</InsetText>
      {people.length === 0 ? (
        <p class="govuk-body">{t('asks.file.nobody')}</p>
      ) : (
        <form method="post" action={askPath('newFile', file.caseId)} novalidate>
          <Radios
            name="who"
            legend={t('asks.file.who')}
            value={textOf(values, 'who')}
            error={errors['who']}
            items={people.map((card) => ({
              value: card.id,
              text: card.name === '' ? t('people.no-name') : card.name,
              hint: t(`people.role.${card.role}`),
            }))}
          />
          <Radios
            name="how"
            legend={t('asks.how')}
            value={textOf(values, 'how')}
            error={errors['how']}
            small
            items={askedHow.map((value) => ({ value, text: t(`asks.how-${value}`) }))}
          />
          <Button>{t('asks.file.start')}</Button>
        </form>
      )}
    </CaseFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

async function showPicks(c: Context<MemberEnv>, sources: readonly DisclosureSource[], changed: boolean) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const ask = file === null ? null : await askOf(db, file, c.req.param('ask') ?? '', 'file')
  if (file === null || ask === null) return notFound(c)
  const entries = await entriesOf(db, actor, t, file, { who: ask.body.who, sources })
  const pack = packOf(entries, ask.body.picks)
  const due =
    ask.dueAt === null ? '' : t(clockKey(ask.body.rule), { date: t.date(ask.dueAt), rule: ask.body.rule })
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('asks.file.picks')}
      back={{ href: askPath('asks', file.caseId), text: t('asks.title') }}
      notice={changed ? t('asks.changed') : undefined}
    >
      <p class="govuk-body">{due}</p>
      <p class="govuk-body">{t('asks.file.picks-lead')}</p>
      <PicksForm t={t} action={askPath('file', file.caseId, ask.id)} pack={pack} picks={ask.body.picks} />
    </CaseFrame>,
    changed ? 409 : 200,
  )
}
