import { type Context, Hono } from 'hono'

import { serviceById } from '#directory'
import { namesTyped, openFile } from '#people'
import { type FieldErrors, listOf, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  DenseList,
  ForOurRecord,
  InsetText,
  Panel,
  SummaryList,
  WarningText,
} from '#platform/ui'
import {
  CaseFrame,
  type DraftRefusal,
  FrameAgreed,
  ItemsAgreed,
  nameToUse,
  type NotSigned,
  releaseOf,
  releasePath,
  refusedRules,
  releaseRecord,
  sentenceOf,
  standingOf,
  standingText,
  type StoredRelease,
} from '#releases'
import { type SendRefusal, threadsUnder } from '#envelopes'

import { keepForDeath } from './after-death.actions.ts'
import { keptApart } from './apart.actions.ts'
import { apart } from './apart.page.tsx'
import type { NamesAlone } from './brought.ts'
import { HandlingChoice } from './handling.view.tsx'
import { notListed } from './listed.actions.ts'
import { NotFor } from './not-for.view.tsx'
import { offList } from './off-list.page.tsx'
import { threadPath } from './paths.ts'
import { type Desk, deskOf, isOffice, openDesk, partnerServices, sendReferral } from './sending.actions.ts'
import { ReplyBy } from './reply-by.view.tsx'
import { SendForm } from './sending.ts'
import { tooMany } from './sending.rules.ts'
import { SendingSteps } from './sending.view.tsx'
import { putAway } from './unsent.actions.ts'

const path = '/cases/:id/referrals/new/:release/send'
const sentPath = '/cases/:id/referrals/new/:release/sent'

export const newSendPage = new Hono<MemberEnv>()

/** Page four: one last look, and send. */
newSendPage.get(path, needs('release:write'), async (c) => {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const desk = await deskOf(c.var.db, c.var.actor, file)
  const stored = await releaseOf(c.var.db, desk.key, c.req.param('release'))
  if (stored === null) return notFound(c)
  if (stored.state !== 'draft') return c.redirect(releasePath('sent', file.caseId, stored.id), 303)
  if ((await notListed(c.var.db, c.var.actor, stored)) !== null) return offList(c, desk, stored)
  if ((await keptApart(c.var.db, file, stored)) !== null) return apartOf(c, desk, stored)
  if (!stored.kept.talked) return c.redirect(releasePath('talk', file.caseId, stored.id), 303)
  const unsigned = stored.kept.release.signatures.length === 0
  const refused = unsigned
    ? await refusedRules(c.var.db, c.var.actor, { caseId: file.caseId, releaseId: stored.id })
    : []
  const office = await isOffice(c.var.db, c.var.actor, stored.recipientId)
  return c.html(<SendPage c={c} desk={desk} stored={stored} errors={{}} refused={refused} office={office} />)
})

newSendPage.post(path, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const desk = await openDesk(db, actor, c.req.param('id'))
  const stored = desk === null ? null : await releaseOf(db, desk.key, c.req.param('release'))
  if (desk === null || stored === null) return notFound(c)
  const form = await readForm(c, SendForm)
  const typed: Typed = form.ok
    ? { notFor: form.data['not-for'], soon: form.data.soon, handling: form.data.handling }
    : {
        notFor: textOf(form.values, 'not-for'),
        soon: textOf(form.values, 'soon') || undefined,
        handling: listOf(form.values, 'handling'),
      }
  const notFor = namesTyped(typed.notFor)
  const long = tooMany(notFor)
  const tooLong: FieldErrors = long ? { 'not-for': t('releases.sending.send.not-for-long') } : {}
  if (!form.ok || long) {
    const errors = form.ok ? tooLong : form.errors
    return c.html(<SendPage c={c} desk={desk} stored={stored} errors={errors} typed={typed} />, 422)
  }
  const { caseId } = desk.file
  if (form.data.step === 'drop') {
    await putAway(db, actor, desk.key, stored.id)
    return c.redirect(releasePath('list', caseId), 303)
  }
  const { version, soon, handling } = form.data
  const at = { id: stored.id, version, notFor, soon, handling }
  if (stored.kept.release.form === 'after-death') {
    const kept = await keepForDeath(db, actor, desk, at)
    if (!('refused' in kept)) return c.redirect(releasePath('one', caseId, stored.id), 303)
    return refusedPage(c, desk, stored, kept, typed)
  }
  const sent = await sendReferral(db, actor, t, desk, at)
  if (!('refused' in sent)) return c.redirect(releasePath('sent', caseId, stored.id), 303)
  if (sent.refused === 'service-not-listed') return offList(c, desk, stored)
  if (sent.refused === 'kept-apart') return apartOf(c, desk, stored)
  return refusedPage(c, desk, stored, sent, typed)
})

/** Sent: what both sides now see, the block for the record, and the next agency with everything prefilled. */
newSendPage.get(sentPath, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release'))
  if (file === null || stored === null || stored.state === 'draft') return notFound(c)
  const threads = await threadsUnder(db, actor.partyId, stored.id)
  const services = await partnerServices(db, actor.partyId, file)
  const others = services.filter((service) => service.id !== stored.kept.service.id)
  const desk = await deskOf(db, actor, file)
  const standing = standingOf(stored, desk.context.now)
  const office = await isOffice(db, actor, stored.recipientId)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.sending.sent.title')}
    >
      <Panel title={t('releases.sending.sent.panel', { to: stored.kept.release.recipient.agency })}>
        {standingText(t, stored, standing)}
      </Panel>
      <p class="govuk-body">{t(office ? 'referrals.office.what-now' : 'releases.sending.sent.what-now')}</p>
      <ButtonGroup>
        {threads[0] === undefined ? null : (
          <Button href={threadPath(office ? 'link' : 'thread', threads[0])}>
            {t(office ? 'referrals.office.link' : 'releases.sending.sent.thread')}
          </Button>
        )}
        {stored.kept.release.copy === 'given' ? (
          <Button href={releasePath('copy', file.caseId, stored.id)} variant="secondary">
            {t('releases.sending.sent.copy')}
          </Button>
        ) : null}
        <a class="govuk-link" href={releasePath('withdraw', file.caseId, stored.id)}>
          {t('releases.one.withdraw')}
        </a>
      </ButtonGroup>
      <ForOurRecord t={t} text={releaseRecord(t, stored, standingText(t, stored, standing))} />
      <h2 class="govuk-heading-m">{t('releases.sending.sent.another')}</h2>
      <p class="govuk-body">{t('releases.sending.sent.another-hint')}</p>
      <DenseList
        items={others.map((service) => ({
          href: `/cases/${file.caseId}/referrals/new?service=${service.id}&like=${stored.id}`,
          title: service.name,
          meta: service.organizationName,
        }))}
        empty={t('releases.sending.choose.none')}
      />
    </CaseFrame>,
  )
})

/** A draft whose service brings both together, now that abuse is marked. */
async function apartOf(c: Context<MemberEnv>, desk: Desk, stored: StoredRelease) {
  const service = await serviceById(c.var.db, stored.kept.service.id ?? '')
  return service === null ? offList(c, desk, stored) : apart(c, desk, service, stored)
}

/** What was typed of who must not be shown it, of how soon an answer is needed, and of how it has to lie in the records. */
interface Typed {
  readonly notFor: string
  readonly soon: string | undefined
  /** What was ticked for the recipient's records. */
  readonly handling: readonly string[]
}

/** Why it did not go, on the page it was tried from; where somebody was first, what came of that. */
function refusedPage(
  c: Context<MemberEnv>,
  desk: Desk,
  stored: StoredRelease,
  sent: SendRefusal | NotSigned | DraftRefusal | NamesAlone,
  typed: Typed,
) {
  const { t } = c.var
  if (sent.refused === 'not-a-draft') return c.redirect(releasePath('sent', desk.file.caseId, stored.id), 303)
  if (sent.refused === 'problems') {
    const [problem] = sent.problems
    const why = problem === undefined ? t('releases.sending.changed') : sentenceOf(t, problem)
    return c.html(<SendPage c={c} desk={desk} stored={stored} errors={{ form: why }} typed={typed} />, 409)
  }
  const why = t(
    sent.refused === 'changed-meanwhile'
      ? 'releases.sending.changed'
      : `releases.sending.refused.${sent.refused}`,
  )
  return c.html(<SendPage c={c} desk={desk} stored={stored} errors={{ form: why }} typed={typed} />, 409)
}

function SendPage(p: {
  readonly c: Context<MemberEnv>
  readonly desk: Desk
  readonly stored: StoredRelease
  readonly errors: FieldErrors
  /** Rules by which a signature was refused: shown to the worker, never on the person's turn. */
  readonly refused?: readonly string[]
  readonly typed?: Typed
  /** It goes by mail and link: then nobody there can be kept from it. */
  readonly office?: boolean
}) {
  const { t } = p.c.var
  const { desk, stored } = p
  const { caseId } = desk.file
  const { release } = stored.kept
  const signed = release.signatures.length > 0
  const to = (page: 'draft' | 'talk') => releasePath(page, caseId, stored.id)
  return (
    <CaseFrame
      screen={p.c.var}
      caseId={caseId}
      name={nameToUse(desk.file)}
      title={t(signed ? 'releases.sending.send.title' : 'releases.sending.send.unsigned')}
      back={{ href: to('talk'), text: t('releases.sending.step.talk') }}
      errors={p.errors}
    >
      <SendingSteps t={t} caseId={caseId} releaseId={stored.id} current={signed ? 'send' : 'turn'} />
      {signed ? null : <InsetText>{t('releases.sending.send.not-signed')}</InsetText>}
      <RulesAgainst t={t} rules={p.refused ?? []} />
      {p.errors['form'] === undefined ? null : <WarningText>{p.errors['form']}</WarningText>}
      <FrameAgreed t={t} kept={stored.kept} />
      <h2 class="govuk-heading-m">{t('releases.one.items')}</h2>
      <ItemsAgreed t={t} kept={stored.kept} />
      <SummaryList
        compact
        rows={release.signatures.map((each) => ({
          key: t(`releases.one.signed.${each.as}`),
          value: t('releases.one.signed-on', { name: each.typedName, date: t.dateTime(each.at) }),
        }))}
      />
      <form method="post" action={releasePath('send', caseId, stored.id)} id="form" novalidate>
        <input type="hidden" name="version" value={String(stored.version)} />
        {signed && release.form !== 'after-death' ? <ForThem {...p} error={p.errors['not-for']} /> : null}
        <ButtonGroup>
          {signed ? (
            <Button name="step" value="send">
              {t(release.form === 'after-death' ? 'releases.after-death.keep' : 'releases.sending.send.send')}
            </Button>
          ) : (
            <WaysToSign t={t} stored={stored} />
          )}
          <Button href={to('draft')} variant="secondary">
            {t('releases.sending.send.change')}
          </Button>
          <Button name="step" value="drop" variant="secondary">
            {t('releases.sending.send.drop')}
          </Button>
        </ButtonGroup>
        {signed ? <p class="govuk-hint">{t('releases.sending.send.change-hint')}</p> : null}
        <p class="govuk-body">
          <a class="govuk-link" href={releasePath('viewAs', caseId, stored.id)}>
            {t('releases.view-as.link', { to: release.recipient.agency })}
          </a>
        </p>
      </form>
    </CaseFrame>
  )
}

/** How it has to lie in their records, who there must not be shown it, and by when an answer is needed. */
function ForThem(p: {
  readonly c: Context<MemberEnv>
  readonly desk: Desk
  readonly stored: StoredRelease
  readonly typed?: Typed | undefined
  readonly office?: boolean | undefined
  readonly error: string | undefined
}) {
  const { t, db, actor } = p.c.var
  const { agency, sector } = p.stored.kept.release.recipient
  const to = { partyId: p.stored.recipientId, name: agency }
  return (
    <>
      <HandlingChoice t={t} to={agency} sector={sector} chosen={p.typed?.handling ?? []} />
      {p.office === true ? (
        <InsetText>{t('referrals.office.holds-nobody', { to: to.name })}</InsetText>
      ) : (
        <NotFor t={t} to={to.name} typed={p.typed?.notFor} error={p.error} />
      )}
      {p.stored.kept.renews === null ? (
        <ReplyBy t={t} db={db} partyId={actor.partyId} to={to} file={p.desk.file} typed={p.typed?.soon} />
      ) : null}
    </>
  )
}

/** By which rules a signature was refused. */
function RulesAgainst({ t, rules }: { readonly t: Words; readonly rules: readonly string[] }) {
  return (
    <>
      {rules.map((rule) => (
        <WarningText>{t('releases.sending.send.refused', { why: ruleText(t, rule), rule })}</WarningText>
      ))}
    </>
  )
}

/** The person signs on our screen, or on their own page at a distance. */
function WaysToSign({ t, stored }: { readonly t: Words; readonly stored: StoredRelease }) {
  const to = (page: 'turn' | 'apart') => releasePath(page, stored.caseId, stored.id)
  return (
    <>
      <Button href={to('turn')}>{t('releases.sending.send.turn')}</Button>
      <Button href={to('apart')} variant="secondary">
        {t('releases.apart.link')}
      </Button>
    </>
  )
}

function ruleText(t: Words, rule: string): string {
  const key = /^(uk|us)-\d+$/.test(rule) ? `releases.rule.${rule}` : `releases.problem.${rule}`
  return t.has(key) ? t(key) : ''
}
