import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { agencyOf } from '#parties'
import { openFile, openForWork, readFile } from '#people'
import { mayDo } from '#platform/access'
import { type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ForOurRecord, InsetText, Radios, WarningText } from '#platform/ui'
import {
  CaseFrame,
  databaseNow,
  decisionOf,
  DecisionRead,
  decisionRows,
  DecisionTag,
  decisionTitle,
  nameToUse,
  releasePath,
  secondDecision,
  type StoredDecision,
  tellPerson,
} from '#releases'

import { threadPath } from './paths.ts'
import { endAndClose, sendDecision } from './share-decision.actions.ts'

const path = '/cases/:id/decisions/:release'

const Form = z.object({
  act: z.enum(['second', 'send', 'tell', 'end']),
  version: z.coerce.number().int().min(1),
  agrees: z.enum(['yes', 'no']).optional(),
  why: z.string().trim().max(4000).default(''),
  how: z.string().trim().max(4000).default(''),
  ended: z.string().trim().max(4000).default(''),
})
type Given = z.infer<typeof Form>

/** One decision: its record, the second person's answer, sending, telling the person, and its end. */
export const shareDecisionPage = new Hono<MemberEnv>()

shareDecisionPage.get(path, needs('case:read'), async (c) => show(c, {}, 200))

shareDecisionPage.post(path, needs('case:write'), askOnce, async (c) => {
  const { db, actor, t } = c.var
  const opened = await openForWork(db, actor, c.req.param('id'), 'changing')
  const held = opened === null ? null : await decisionOf(db, opened.key, c.req.param('release'))
  if (opened === null || held === null) return notFound(c)
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors, 422)
  const missing = missingIn(form.data)
  if (missing !== null) return show(c, { [missing]: t(`releases.decision.problem.missing-${missing}`) }, 422)
  const { act, version, agrees, why, how, ended } = form.data
  const at = { id: held.id, version }
  if (act === 'second' && !maySecond(c)) return notFound(c)
  if (act === 'send' && !mayDo(actor.roles, 'release:write')) return notFound(c)
  const done =
    act === 'second'
      ? await secondDecision(db, actor, opened.key, at, { agrees: agrees === 'yes', why })
      : act === 'tell'
        ? await tellPerson(db, actor, opened.key, at, how)
        : act === 'end'
          ? await endAndClose(db, actor, opened.key, at, ended)
          : await sendDecision(db, actor, t, opened.key, at, {
              name: nameToUse(await readFile(db, opened)),
              phone: (await agencyOf(db, actor.partyId))?.publicPhone ?? '',
            })
  if (!('refused' in done)) return c.redirect(releasePath('decision', opened.key.caseId, held.id), 303)
  const key = `releases.decision.refused.${done.refused}`
  return show(c, { form: t.has(key) ? t(key) : t(`releases.sending.refused.${done.refused}`) }, 409)
})

function missingIn({ act, agrees, why, how, ended }: Given): 'agrees' | 'why' | 'how' | 'ended' | null {
  if (act === 'second') return agrees === undefined ? 'agrees' : why === '' ? 'why' : null
  if (act === 'tell') return how === '' ? 'how' : null
  return act === 'end' && ended === '' ? 'ended' : null
}

/** A lead or a privacy lead is the second person. */
function maySecond(c: Context<MemberEnv>): boolean {
  const { roles } = c.var.actor
  return mayDo(roles, 'case:lead') || mayDo(roles, 'privacy:lead')
}

async function show(c: Context<MemberEnv>, errors: FieldErrors, status: 200 | 409 | 422) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const held = file === null ? null : await decisionOf(db, file.key, c.req.param('release') ?? '')
  if (file === null || held === null) return notFound(c)
  const over = held.endsAt.getTime() <= (await databaseNow(db)).getTime()
  const title = decisionTitle(t, held)
  const rows = decisionRows(t, held)
  // A second person reads all of it before the question comes.
  const answers = held.state === 'waiting' && held.kept.by.accountId !== actor.accountId && maySecond(c)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={title}
      back={{ href: releasePath('decisions', file.caseId), text: t('releases.decision.list') }}
      errors={errors}
      notice={errors['form']}
    >
      <p class="govuk-body">
        <DecisionTag t={t} state={held.state} />
      </p>
      {answers ? null : <Acts c={c} held={held} over={over} errors={errors} />}
      <DecisionRead t={t} decision={held} />
      {answers ? <Acts c={c} held={held} over={over} errors={errors} /> : null}
      <ForOurRecord t={t} text={[title, ...rows.map((row) => `${row.key}: ${row.value}`)].join('\n')} />
    </CaseFrame>,
    status,
  )
}

interface ActsGiven {
  readonly c: Context<MemberEnv>
  readonly held: StoredDecision
  readonly over: boolean
  readonly errors: FieldErrors
}

function Acts({ c, held, over, errors }: ActsGiven) {
  const { actor, t } = c.var
  const own = held.kept.by.accountId === actor.accountId
  const untold =
    held.kept.record.decision === 'share' &&
    held.kept.record.told === 'not-yet' &&
    held.kept.toldLater === null &&
    held.state !== 'kept' &&
    (own || held.state !== 'waiting')
  return (
    <>
      {held.state === 'waiting' ? (
        own || !maySecond(c) ? (
          <InsetText>{t('releases.decision.waits')}</InsetText>
        ) : (
          <Second c={c} held={held} errors={errors} />
        )
      ) : null}
      {held.state === 'agreed' && over ? <WarningText>{t('releases.decision.over')}</WarningText> : null}
      {held.state === 'agreed' && !over && mayDo(actor.roles, 'release:write') ? (
        <ActForm held={held} act="send">
          <p class="govuk-body">{t('releases.decision.send-lead', { to: held.kept.recipient.agency })}</p>
          <Button>{t('releases.decision.send')}</Button>
        </ActForm>
      ) : null}
      {held.kept.sent === null ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={threadPath('thread', held.kept.sent.threadId)}>
            {t('releases.decision.thread')}
          </a>
        </p>
      )}
      {untold && mayDo(actor.roles, 'case:write') ? (
        <ActForm held={held} act="tell">
          <WarningText>{t('releases.decision.tell-lead')}</WarningText>
          <AboutText
            t={t}
            name="how"
            label={t('releases.decision.label.how')}
            labelSize="s"
            error={errors['how']}
            rows={2}
          />
          <Button variant="secondary">{t('releases.decision.tell')}</Button>
        </ActForm>
      ) : null}
      {held.state === 'sent' && mayDo(actor.roles, 'case:write') ? (
        <ActForm held={held} act="end">
          <AboutText
            t={t}
            name="ended"
            label={t('releases.decision.label.ended')}
            labelSize="s"
            hint={t('releases.decision.hint.ended')}
            error={errors['ended']}
            rows={2}
          />
          <Button variant="secondary">{t('releases.decision.end')}</Button>
        </ActForm>
      ) : null}
    </>
  )
}

function Second({ c, held, errors }: Omit<ActsGiven, 'over'>) {
  const { t } = c.var
  return (
    <ActForm held={held} act="second">
      <Radios
        name="agrees"
        legend={t('releases.decision.label.agrees')}
        hint={t('releases.decision.hint.agrees')}
        error={errors['agrees']}
        items={(['yes', 'no'] as const).map((value) => ({
          value,
          text: t(`releases.decision.answer.agrees.${value}`),
        }))}
      />
      <AboutText
        t={t}
        name="why"
        label={t('releases.decision.label.why')}
        labelSize="s"
        error={errors['why']}
        rows={3}
      />
      <Button>{t('releases.decision.second-save')}</Button>
    </ActForm>
  )
}

function ActForm(p: {
  readonly held: StoredDecision
  readonly act: Given['act']
  readonly children: unknown
}) {
  return (
    <form
      method="post"
      action={releasePath('decision', p.held.caseId, p.held.id)}
      class="app-form govuk-!-margin-bottom-6"
      novalidate
    >
      <input type="hidden" name="act" value={p.act} />
      <input type="hidden" name="version" value={String(p.held.version)} />
      {p.children as never}
    </form>
  )
}
