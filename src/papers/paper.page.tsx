import { type Context, Hono } from 'hono'

import { fileOf, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, ButtonGroup, WarningText } from '#platform/ui'

import { paperKind } from './kind.rules.ts'
import { paperText } from './line.view.ts'
import { openPaper, paperOne, removePaper } from './paper.actions.ts'
import { paperPath, papersPath, paths } from './paths.ts'

export const paperPage = new Hono<MemberEnv>()

/** A paper is only ever handed out to be kept: never shown inside a page of ours, and under a name that tells nothing. */
paperPage.get(paths.paper, needs('case:read'), async (c) => {
  const id = c.req.param('paper')
  const opened = await openPaper(c.var.db, c.var.actor, c.req.param('id'), id)
  if (opened === null) return notFound(c)
  const { mime, ending } = paperKind(opened.paper.kind)
  return c.body(opened.bytes, 200, {
    'Content-Type': mime,
    'Content-Disposition': `attachment; filename="file-${id.slice(-6)}.${ending}"`,
  })
})

paperPage.get(paths.remove, needs('case:write'), (c) => ask(c, false))

paperPage.post(paths.remove, needs('case:write'), async (c) => {
  const caseId = c.req.param('id')
  const done = await removePaper(c.var.db, c.var.actor, caseId, c.req.param('paper'))
  if ('done' in done) return c.redirect(papersPath(caseId), 303)
  return done.refused === 'missing' ? notFound(c) : ask(c, true)
})

async function ask(c: Context<MemberEnv>, held: boolean) {
  const file = await fileOf(c)
  const paper = file === null ? null : await paperOne(c.var.db, file, c.req.param('paper') ?? '')
  if (file === null || paper === null) return notFound(c)
  const { t } = c.var
  const back = { href: papersPath(file.caseId), text: t('papers.title') }
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('papers.remove-title')} back={back}>
      <p class="govuk-body">
        <strong>{paper.title}</strong> ({paperText(t, paper)})
      </p>
      {held ? (
        <WarningText>{t('papers.held')}</WarningText>
      ) : (
        <>
          <p class="govuk-body">{t('papers.remove-lead')}</p>
          <form method="post" action={paperPath('remove', file.caseId, paper.id)}>
            <ButtonGroup>
              <Button variant="warning">{t('papers.remove-now')}</Button>
              <a class="govuk-link" href={papersPath(file.caseId)}>
                {t('papers.remove-not')}
              </a>
            </ButtonGroup>
          </form>
        </>
      )}
    </TaskFrame>,
    held ? 409 : 200,
  )
}
