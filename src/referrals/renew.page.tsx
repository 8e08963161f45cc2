import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { threadsUnder } from '#envelopes'
import { openFile, openForWork } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, InsetText, WarningText } from '#platform/ui'
import {
  CaseFrame,
  FrameAgreed,
  ItemsAgreed,
  leaveRelease,
  nameToUse,
  releaseOf,
  releasePath,
  spokenAllowed,
  StandingTag,
  standingOf,
  standingText,
} from '#releases'

import { beginRenewal, type NotRenewed } from './renew.actions.ts'
import { deskOf, openDesk } from './sending.actions.ts'
import { threadRow } from './thread.store.ts'
import type { ThreadRow } from './thread.ts'

const path = '/cases/:id/releases/:release/renew'
const Form = z.object({ step: z.enum(['again', 'leave']).default('again') })

export const renewPage = new Hono<MemberEnv>()

/** A permission near its end, or past it: what stays, and the way to make it again. */
renewPage.get(path, needs('release:write'), (c) => show(c, null, 200))

renewPage.post(path, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, Form)
  const [caseId, releaseId] = [c.req.param('id'), c.req.param('release')]
  if (form.ok && form.data.step === 'leave') {
    const opened = await openForWork(db, actor, caseId, 'changing')
    const left = opened !== null && (await leaveRelease(db, actor.partyId, caseId, releaseId))
    return left ? c.redirect(releasePath('renew', caseId, releaseId), 303) : notFound(c)
  }
  const desk = await openDesk(db, actor, caseId)
  if (desk === null) return notFound(c)
  const begun = await beginRenewal(db, actor, t, desk, releaseId)
  if (!('refused' in begun)) return c.redirect(releasePath('talk', caseId, begun.id), 303)
  return show(c, begun, 409)
})

async function show(c: Context<MemberEnv>, refusal: NotRenewed | null, status: 200 | 409) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release') ?? '')
  if (file === null || stored === null || stored.startsAt === null) return notFound(c)
  const { context } = await deskOf(db, actor, file)
  const [threadId] = await threadsUnder(db, actor.partyId, stored.id)
  const thread = threadId === undefined ? null : await threadRow(db, actor.partyId, threadId)
  const standing = standingOf(stored, context.now)
  const to = stored.kept.release.recipient.agency
  const spoken = spokenAllowed(
    { ...stored.kept, renews: { release: stored.id, thread: null } },
    context.rules,
  )
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.renew.title', { to })}
      back={{ href: releasePath('one', file.caseId, stored.id), text: t('releases.one.title', { to }) }}
    >
      {refusal === null ? null : <WarningText>{t(`releases.renew.refused.${refusal.refused}`)}</WarningText>}
      <p class="govuk-body">
        <StandingTag t={t} standing={standing} /> {standingText(t, stored, standing)}
      </p>
      <Place c={c} thread={thread} />
      <p class="govuk-body-l">{t('releases.renew.lead')}</p>
      <p class="govuk-body">
        {spoken.allowed ? t('releases.renew.spoken', { rule: spoken.rule }) : t('releases.renew.phone')}
      </p>
      <InsetText>{t(stored.leftAt === null ? 'releases.renew.stays' : 'releases.renew.left')}</InsetText>
      <form method="post" action={releasePath('renew', file.caseId, stored.id)} novalidate>
        <ButtonGroup>
          <Button name="step" value="again">
            {t('releases.renew.go')}
          </Button>
          {stored.leftAt === null && standing !== 'withdrawn' ? (
            <Button name="step" value="leave" variant="secondary">
              {t('releases.renew.leave')}
            </Button>
          ) : null}
        </ButtonGroup>
      </form>
      <h2 class="govuk-heading-m">{t('releases.renew.what')}</h2>
      <ItemsAgreed t={t} kept={stored.kept} />
      <FrameAgreed t={t} kept={stored.kept} />
    </CaseFrame>,
    status,
  )
}

/** What both sides keep, whatever ends. */
function Place({ c, thread }: { readonly c: Context<MemberEnv>; readonly thread: ThreadRow | null }) {
  const { t } = c.var
  if (thread === null || (thread.place === null && thread.expectedAt === null)) return null
  return (
    <p class="govuk-body">
      {thread.place === null ? null : t('releases.renew.place', { place: t.number(thread.place) })}
      {thread.place !== null && thread.expectedAt !== null ? <br /> : null}
      {thread.expectedAt === null ? null : t('releases.renew.expected', { date: t.date(thread.expectedAt) })}
    </p>
  )
}
