import { type Context, Hono } from 'hono'

import { askOnce } from '#language'
import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { databaseNow } from '#releases'

import { postCourt } from './court-step.ts'
import { CourtView } from './court.view.tsx'
import { postDanger } from './danger-step.ts'
import { DangerView } from './danger.view.tsx'
import { postGlass } from './glass-step.ts'
import { GlassView } from './glass.view.tsx'
import { GroundFrame } from './frame.view.tsx'
import type { GroundKind } from './ground.ts'
import { groundOf } from './ground.store.ts'
import { postInjury } from './injury-step.ts'
import { InjuryView } from './injury.view.tsx'
import { groundPath, paths } from './paths.ts'
import { postReport } from './report-step.ts'
import { reportPartners } from './report.actions.ts'
import { ReportView } from './report.view.tsx'
import type { GroundPlace, Stepped } from './step.ts'

const posts: Readonly<
  Record<GroundKind, (c: Context<MemberEnv>, place: GroundPlace) => Promise<Stepped | null>>
> = { court: postCourt, danger: postDanger, report: postReport, injury: postInjury, glass: postGlass }

const untouched: Stepped = { values: {}, errors: {}, refusal: null }

export const onePage = new Hono<MemberEnv>()

/** One ground: where it stands, what was done, and what comes next. */
onePage.get(paths.one, needs('case:read'), (c) => show(c, untouched))

onePage.post(paths.one, needs('case:write'), askOnce, async (c) => {
  const found = await openGround(c)
  if (found === null) return notFound(c)
  const place = { caseId: found.file.caseId, id: found.ground.id }
  const stepped = await posts[found.ground.body.kind](c, place)
  if (stepped === null || stepped.refusal?.refused === 'missing') return notFound(c)
  const { errors, refusal } = stepped
  const taken = refusal === null && Object.keys(errors).length === 0
  return taken ? c.redirect(groundPath('one', place.caseId, place.id), 303) : show(c, stepped)
})

async function openGround(c: Context<MemberEnv>) {
  const { db, actor } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const ground = file === null ? null : await groundOf(db, file.key, c.req.param('ground') ?? '')
  return file === null || ground === null ? null : { file, ground }
}

async function show(c: Context<MemberEnv>, { values, errors, refusal }: Stepped) {
  const found = await openGround(c)
  if (found === null) return notFound(c)
  const { file, ground } = found
  const { body } = ground
  const { t } = c.var
  const p = { screen: c.var, file, ground, values, errors }
  const now = await databaseNow(c.var.db)
  const partners = body.kind === 'report' ? await reportPartners(c.var.db, c.var.actor) : []
  return c.html(
    <GroundFrame
      screen={c.var}
      file={file}
      title={t(`grounds.kind.${body.kind}`)}
      errors={errors}
      refusal={refusal}
    >
      {body.kind === 'court' ? <CourtView {...p} court={body} /> : null}
      {body.kind === 'danger' ? <DangerView {...p} danger={body} now={now} /> : null}
      {body.kind === 'glass' ? <GlassView {...p} glass={body} now={now} /> : null}
      {body.kind === 'injury' ? <InjuryView {...p} injury={body} /> : null}
      {body.kind === 'report' ? <ReportView {...p} report={body} partners={partners} /> : null}
    </GroundFrame>,
    refusal === null ? (Object.keys(errors).length > 0 ? 422 : 200) : 409,
  )
}
