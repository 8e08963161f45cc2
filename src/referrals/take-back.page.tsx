import { type Context, Hono } from 'hono'

import { openFile, openForWork } from '#people'
import { type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import {
  Button,
  ButtonGroup,
  DenseList,
  ForOurRecord,
  InsetText,
  Panel,
  Radios,
  SummaryList,
} from '#platform/ui'
import {
  CaseFrame,
  nameToUse,
  recipientText,
  releaseOf,
  releasePath,
  releasesOf,
  saidHow,
  standingOf,
  standingText,
  type StoredRelease,
} from '#releases'

import { deskOf, holdAll, takeBack } from './sending.actions.ts'
import { SaidForm } from './sending.ts'

const path = '/cases/:id/releases/:release/withdraw'
const holdPath = '/cases/:id/hold'

export const takeBackPage = new Hono<MemberEnv>()

/** Taking a permission back: spoken is enough, at once, whoever of the agency hears it. */
takeBackPage.get(path, needs('case:write'), async (c) => show(c, {}, 200))

takeBackPage.post(path, needs('case:write'), async (c) => {
  const { db, actor } = c.var
  const opened = await openForWork(db, actor, c.req.param('id'), 'changing')
  if (opened === null) return notFound(c)
  const form = await readForm(c, SaidForm)
  if (!form.ok) return show(c, form.errors, 422)
  const done = await takeBack(db, actor, opened.key, c.req.param('release'), form.data.how)
  if (done === null) return notFound(c)
  return c.redirect(releasePath('withdraw', opened.key.caseId, done.release.id), 303)
})

/** Danger changed: everything waits until the person confirms it again. */
takeBackPage.get(holdPath, needs('case:write'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const desk = await deskOf(db, actor, file)
  const all = await releasesOf(db, file.key)
  const running = all.filter((release) => standingOf(release, desk.context.now) === 'active')
  const waiting = all.filter((release) => standingOf(release, desk.context.now) === 'suspended')
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.hold.title')}
      back={{ href: releasePath('list', file.caseId), text: t('releases.list.title') }}
    >
      {running.length === 0 ? (
        <p class="govuk-body">{t('releases.hold.none')}</p>
      ) : (
        <>
          <p class="govuk-body">{t('releases.hold.lead')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {running.map((release) => (
              <li>{recipientText(t, release.kept)}</li>
            ))}
          </ul>
          <form method="post" action={releasePath('hold', file.caseId)}>
            <Button variant="warning">{t('releases.hold.go')}</Button>
          </form>
        </>
      )}
      {waiting.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('releases.hold.waiting')}</h2>
          <DenseList
            items={waiting.map((release) => ({
              href: releasePath('one', file.caseId, release.id),
              title: recipientText(t, release.kept),
              meta: standingText(t, release, 'suspended'),
            }))}
            empty=""
          />
        </>
      )}
    </CaseFrame>,
  )
})

takeBackPage.post(holdPath, needs('case:write'), async (c) => {
  const { db, actor } = c.var
  const opened = await openForWork(db, actor, c.req.param('id'), 'changing')
  if (opened === null) return notFound(c)
  await holdAll(db, actor, opened.key)
  return c.redirect(releasePath('hold', opened.key.caseId), 303)
})

async function show(c: Context<MemberEnv>, errors: FieldErrors, status: 200 | 422): Promise<Response> {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release') ?? '')
  if (file === null || stored === null || stored.state === 'draft') return notFound(c)
  const to = stored.kept.release.recipient.agency
  const taken = stored.state === 'withdrawn'
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t(taken ? 'releases.withdraw.done-title' : 'releases.withdraw.title', { to })}
      back={{ href: releasePath('one', file.caseId, stored.id), text: t('releases.one.title', { to }) }}
      errors={errors}
    >
      {taken ? (
        <Panel title={t('releases.withdraw.panel')}>{standingText(t, stored, 'withdrawn')}</Panel>
      ) : null}
      {taken ? null : (
        <form method="post" action={releasePath('withdraw', file.caseId, stored.id)} novalidate>
          <Radios
            name="how"
            legend={t('releases.withdraw.how')}
            legendSize="m"
            hint={t('releases.withdraw.how-hint')}
            error={errors['how']}
            items={saidHow.map((value) => ({ value, text: t(`releases.said.${value}`) }))}
          />
          <ButtonGroup>
            <Button variant="warning">{t('releases.withdraw.go')}</Button>
            <a class="govuk-link" href={releasePath('one', file.caseId, stored.id)}>
              {t('releases.withdraw.leave')}
            </a>
          </ButtonGroup>
        </form>
      )}
      <WhatItDoes c={c} to={to} />
      {taken ? <ForOurRecord t={t} text={recordText(c, stored)} /> : null}
      <p class="govuk-body">
        <a class="govuk-link" href={releasePath('copy', file.caseId, stored.id)}>
          {t('releases.one.copy')}
        </a>
      </p>
    </CaseFrame>,
    status,
  )
}

/** In honest words: what ends, what stays on both sides, what nobody can undo. */
function WhatItDoes({ c, to }: { readonly c: Context<MemberEnv>; readonly to: string }) {
  const { t } = c.var
  return (
    <>
      <SummaryList
        rows={(['ends', 'stays', 'cannot'] as const).map((what) => ({
          key: t(`releases.withdraw.${what}`),
          value: t(`releases.withdraw.${what}-text`, { to }),
        }))}
      />
      <InsetText>{t('releases.withdraw.say', { to })}</InsetText>
    </>
  )
}

function recordText(c: Context<MemberEnv>, stored: StoredRelease): string {
  const { t } = c.var
  const to = recipientText(t, stored.kept)
  return [t('releases.withdraw.record', { to }), standingText(t, stored, 'withdrawn')].join('\n')
}
