import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { members } from '#parties'
import {
  allowBody,
  type FieldErrors,
  type MemberEnv,
  needs,
  notFound,
  pageOf,
  readForm,
} from '#platform/http'
import { Button, EmptyState, Pagination, Timeline } from '#platform/ui'

import { changeItem } from './change.view.tsx'
import { WhyField } from './edit-form.view.tsx'
import { EditorFrame } from './editor-frame.view.tsx'
import { listRuns } from './import-run.store.ts'
import { organizationChangesOf } from './organization-change.store.ts'
import { endPathway, importPathways, importPathwaysAs, undoPathways } from './pathway.actions.ts'
import { openPathwayRow, pathwayPages, pathwaysPage as rowsOf } from './pathway.store.ts'
import { PathwaysView, type ShownPathways } from './pathways.view.tsx'
import { paths, routePaths } from './paths.ts'

const most = 900_000

const Form = z.object({
  upload: z.instanceof(File).optional(),
  file: z.string().max(most, 'directory.pathways.too-large').default(''),
  why: z.string().max(500).default(''),
  act: z.enum(['look', 'bring']).default('bring'),
})
const CloseForm = z.object({ why: z.string().max(500).default('') })

/** How agencies hand people on: the list of open pathways, bringing more in, and closing one. */
export const pathwaysPage = new Hono<MemberEnv>()

pathwaysPage.get(paths.pathways, needs('directory:edit'), async (c) => c.html(await view(c, {})))

/** A file or pasted text: looked at without writing anything, or brought in. What was chosen as a file stays as text. */
pathwaysPage.post(paths.pathways, needs('directory:edit'), allowBody(2_000_000), async (c) => {
  const { t, db, actor } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) {
    const { file = '', why = '' } = form.values
    return c.html(await view(c, { errors: form.errors, text: [file].flat()[0], why: [why].flat()[0] }), 422)
  }
  const { upload, file, why, act } = form.data
  const text = upload === undefined ? file : await upload.text()
  const wrong = (error: string) => view(c, { errors: { file: error }, text, why })
  if (text.length > most) return c.html(await wrong(t('directory.pathways.too-large')), 422)
  if (text.trim().length < 2) return c.html(await wrong(t('directory.pathways.file-missing')), 422)
  const report =
    act === 'look'
      ? await importPathways(db, text, { dryRun: true })
      : await importPathwaysAs(db, actor, text, why)
  if ('refused' in report) return c.html(await wrong(report.refused), 422)
  const keep = act === 'look' || report.held + report.rejected > 0
  return c.html(
    await view(c, { report, looked: act === 'look', text: keep ? text : '', why: keep ? why : '' }),
  )
})

/** What changed in pathways, as far as the reader looks after where they start. */
pathwaysPage.get(routePaths.pathwayHistory, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const page = pageOf(c.req.query('page'))
  const { changes, more } = await organizationChangesOf(db, { what: 'pathway' }, page)
  const names = new Map((await members(db, actor)).map((each) => [each.accountId, each.card.name]))
  const items = changes.map((each) => {
    const item = changeItem(t, each, { partyId: actor.partyId, names })
    const what = (
      <>
        {each.name}: {item.what}
      </>
    )
    return { ...item, what }
  })
  return c.html(
    <EditorFrame screen={c.var} title={t('directory.pathways.history')} back={paths.pathways}>
      <p class="govuk-body">{t('directory.history.lead')}</p>
      {items.length === 0 ? <EmptyState title={t('directory.history.empty')} /> : <Timeline items={items} />}
      <Pagination
        page={page}
        pages={page + (more ? 1 : 0)}
        href={(n) => `${paths.pathwayHistory}?page=${n}`}
      />
    </EditorFrame>,
  )
})

/** Takes a file back that came in here or by the command. */
pathwaysPage.post(paths.undoPathways, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const form = await readForm(c, z.object({ run: z.uuid() }))
  const done = form.ok ? await undoPathways(db, actor, form.data.run) : ({ refused: 'missing' } as const)
  if (!('refused' in done)) return c.html(await view(c, { undone: done.pathways }))
  const wrong = t(`directory.pathways.undo-refused.${done.refused}`)
  return c.html(await view(c, { wrong }), 409)
})

pathwaysPage.get(routePaths.closePathway, needs('directory:edit'), async (c) => {
  const { t, db } = c.var
  const id = c.req.param('id')
  const row = await openPathwayRow(db, id)
  if (row === null) return notFound(c)
  return c.html(
    <EditorFrame
      screen={c.var}
      title={t('directory.pathways.close-title')}
      caption={t('directory.pathways.from-to', { from: row.fromName, to: row.toName })}
      back={paths.pathways}
    >
      <p class="govuk-body">{t('directory.pathways.close-text')}</p>
      <form method="post" action={paths.closePathway(id)}>
        <WhyField t={t} filled={{ values: {}, errors: {} }} />
        <Button variant="warning">{t('directory.pathways.close')}</Button>
      </form>
    </EditorFrame>,
  )
})

pathwaysPage.post(routePaths.closePathway, needs('directory:edit'), async (c) => {
  const form = await readForm(c, CloseForm)
  const why = form.ok ? form.data.why : ''
  if (!(await endPathway(c.var.db, c.var.actor, c.req.param('id'), why))) return notFound(c)
  return c.redirect(paths.pathways, 303)
})

async function view(c: Context<MemberEnv>, shown: ShownPathways & { readonly errors?: FieldErrors }) {
  const page = pageOf(c.req.query('page'))
  const { rows, total } = await rowsOf(c.var.db, page)
  // A file of which nothing came in has nothing to take back.
  const runs = (await listRuns(c.var.db, 5, 'pathways')).filter(
    (run) => run.canBeUndone && run.imported + run.importedWithWarnings > 0,
  )
  const of = { rows, page, pages: pathwayPages(total), runs }
  return <PathwaysView screen={c.var} of={of} shown={shown} />
}
