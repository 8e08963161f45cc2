import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { fileOf, nameOf, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { NotificationBanner, WarningText } from '#platform/ui'

import { paths, togetherPath } from './paths.ts'
import { sendReady } from './send.actions.ts'
import { type SeenStep, stepsIn } from './steps.actions.ts'
import { Act, SendForm } from './steps.view.tsx'

const Send = z.object({
  of: z.array(z.uuid()).max(60),
  step: z.array(z.uuid()).max(60),
  version: z.array(z.coerce.number().int()).max(60),
  'not-for': z.array(z.string()).max(60),
  send: z.array(z.uuid()).max(60),
})

/** Help for several people of a family: who still has to agree, what is ready, what went; each step a thread of its own. */
export const stepsPage = new Hono<MemberEnv>()

stepsPage.get(paths.steps, needs('release:write'), (c) => show(c, new Map(), new Map(), 200))

stepsPage.post(paths.steps, needs('release:write'), async (c) => {
  const form = await readForm(c, Send)
  if (!form.ok) return show(c, new Map(), new Map(), 422)
  const { of, step, version, send } = form.data
  const typed = new Map(step.map((id, at) => [id, form.data['not-for'][at] ?? '']))
  const wanted = step.flatMap((id, at) =>
    send.includes(id)
      ? [{ caseId: of[at] ?? '', step: id, version: version[at] ?? 0, notFor: typed.get(id) ?? '' }]
      : [],
  )
  if (wanted.length === 0) return show(c, new Map(), typed, 422)
  const went = await sendReady(c.var.db, c.var.actor, c.var.t, wanted)
  const back = new Map(went.flatMap((each) => (each.why === null ? [] : [[each.step, each.why] as const])))
  if (back.size > 0) return show(c, back, typed, 409)
  return c.redirect(`${togetherPath('steps', c.req.param('id'))}?went=${went.length}`, 303)
})

async function show(
  c: Context<MemberEnv>,
  errors: ReadonlyMap<string, string>,
  typed: ReadonlyMap<string, string>,
  status: 200 | 409 | 422,
) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const steps = await stepsIn(db, actor, t, { key: file.key, name: nameOf(t, file) })
  const acts = [...Map.groupBy(steps, (each) => each.step.act).values()]
  const ready = steps.filter((each) => each.stage === 'ready')
  const went = Number(c.req.query('went') ?? 0)
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('together.steps.title')} lead={t('together.steps.lead')}>
      {went > 0 && went < 60 ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('together.send.went', { count: went })}</p>
        </NotificationBanner>
      ) : null}
      {status === 422 ? <WarningText>{t('together.send.nobody')}</WarningText> : null}
      {errors.size === 0 ? null : <WarningText>{t('together.send.some')}</WarningText>}
      {steps.length === 0 ? <p class="govuk-body app-muted">{t('together.steps.none')}</p> : null}
      {acts.map((act, at) => (
        <section aria-labelledby={`act-${at + 1}`}>
          <h2 class="govuk-heading-m" id={`act-${at + 1}`}>
            {t('together.steps.act', { names: t.list([...new Set(act.map((each) => each.name))]) })}
          </h2>
          <Waiting t={t} act={act} />
          <Act t={t} steps={act} />
        </section>
      ))}
      {ready.length === 0 ? null : (
        <SendForm t={t} caseId={file.caseId} ready={ready} typed={typed} errors={errors} />
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={togetherPath('pick', file.caseId)}>
          {t('together.pick.title')}
        </a>
      </p>
    </TaskFrame>,
    status,
  )
}

/** Who still has to agree, in one sentence. */
function Waiting({ t, act }: { readonly t: MemberEnv['Variables']['t']; readonly act: readonly SeenStep[] }) {
  const open = act.filter((each) => each.stage === 'talk' || each.stage === 'sign').map((each) => each.name)
  return (
    <p class="govuk-body">
      {open.length === 0
        ? t('together.steps.all-agreed')
        : t('together.steps.to-agree', { names: t.list([...new Set(open)]) })}
    </p>
  )
}
