import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, InsetText, TermNotes } from '#platform/ui'

import type { CaseCells } from './case-cells.ts'
import { closeForTeam, declareConflict } from './close.actions.ts'
import { colleaguesOf, excludedFrom, holdersOf } from './colleague.store.ts'
import { Refused, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { fileOf } from './task.ts'

const Team = z.object({ team: z.array(z.string().max(40)).max(50).default([]) })

/** Closing a case for its team, and *I know this person*: both change the case's key on the spot. */
export function teamPage(cells: readonly CaseCells[]): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.team, needs('case:write'), (c) => showTeam(c, null))
  page.post(paths.team, needs('case:write'), async (c) => {
    const form = await readForm(c, Team)
    if (!form.ok) return showTeam(c, null)
    const { db, actor } = c.var
    const caseId = c.req.param('id')
    const done = await closeForTeam(db, actor, caseId, { team: form.data.team, cells })
    if ('refused' in done) return done.refused === 'no-case' ? notFound(c) : showTeam(c, done.refused)
    const mine = done.members.includes(actor.accountId)
    return c.redirect(mine ? `${casePath('case', caseId)}?saved=1` : `${paths.work}?done=not-yours`, 303)
  })
  page.get(paths.conflict, needs('case:write'), (c) =>
    showConflict(c, c.req.query('stays') === undefined ? null : 'stays'),
  )
  page.post(paths.conflict, needs('case:write'), async (c) => {
    const done = await declareConflict(c.var.db, c.var.actor, c.req.param('id'), cells)
    if (!('refused' in done)) return c.redirect(`${paths.work}?done=not-me`, 303)
    return done.refused === 'no-case' ? notFound(c) : showConflict(c, done.refused)
  })
  return page
}

async function showTeam(c: Context<MemberEnv>, refused: 'nobody-left' | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const excluded = await excludedFrom(db, actor.partyId, file.caseId)
  const holders = await holdersOf(db, actor.partyId, file.caseId)
  const everyone = await colleaguesOf(db, actor)
  const workers = everyone.filter(
    (each) => mayDo(each.roles, 'case:write') && !excluded.includes(each.accountId),
  )
  const nameless = everyone.filter((each) => holders.includes(each.accountId)).map((each) => each.name)
  const out = everyone.filter((each) => excluded.includes(each.accountId)).map((each) => each.name)
  const closed = file.sort === 'closed'
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t(closed ? 'people.team.title-closed' : 'people.team.title')}
      lead={t('people.team.lead')}
    >
      {refused === null ? null : <Refused>{t('people.team.nobody-left')}</Refused>}
      {closed ? <InsetText>{t('people.team.now', { names: t.list(nameless) })}</InsetText> : null}
      {out.length === 0 ? null : <p class="govuk-body">{t('people.team.out', { names: t.list(out) })}</p>}
      <form method="post" action={casePath('team', file.caseId)}>
        <Checkboxes
          name="team"
          legend={t('people.team.choose')}
          hint={t('people.team.choose-hint')}
          small
          items={workers.map((each) => ({ value: each.accountId, text: each.name, hint: each.title }))}
          values={closed ? holders : [file.ownerId, actor.accountId]}
        />
        <Button>{t(closed ? 'people.team.save' : 'people.team.close')}</Button>
      </form>
      <p class="govuk-body-s">{t('people.team.honest')}</p>
      <TermNotes t={t} terms={['case-closed']} />
    </TaskFrame>,
    refused === null ? 200 : 409,
  )
}

async function showConflict(c: Context<MemberEnv>, refused: 'nobody-left' | 'stays' | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t } = c.var
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('people.not-me.title')}>
      {refused === null ? null : <Refused>{t(`people.not-me.${refused}`)}</Refused>}
      <p class="govuk-body">{t('people.not-me.lead')}</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>{t('people.not-me.closes')}</li>
        <li>{t('people.not-me.goes')}</li>
        <li>{t('people.not-me.reason')}</li>
      </ul>
      <form method="post" action={casePath('conflict', file.caseId)}>
        <ButtonGroup>
          <Button variant="warning">{t('people.not-me.go')}</Button>
          <a class="govuk-link" href={casePath('case', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
      <p class="govuk-body-s">
        {t('people.not-me.list')}{' '}
        <a class="govuk-link" href={paths.known}>
          {t('people.known.title')}
        </a>
      </p>
    </TaskFrame>,
    refused === 'nobody-left' ? 409 : 200,
  )
}
