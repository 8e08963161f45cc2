import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type CaseFile, fileOf, type Helper, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup } from '#platform/ui'

import { takeLineOff } from './helping.actions.ts'
import { helpingPath, paths } from './paths.ts'

const Form = z.object({ version: z.coerce.number().int().min(0).default(0) })

/** Taking a line off: one yes, in force at once for everybody who could see it. */
export const offPage = new Hono<MemberEnv>()

offPage.get(paths.off, needs('case:write'), async (c) => {
  const found = await lineOf(c)
  return found === null ? notFound(c) : c.html(ask(c, found.file, found.line, false))
})

offPage.post(paths.off, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  const found = await lineOf(c)
  if (found === null) return notFound(c)
  const { file, line } = found
  const version = form.ok ? form.data.version : 0
  const saved = await takeLineOff(c.var.db, c.var.actor, file, line.id, version)
  if (!('refused' in saved))
    return c.redirect(`${helpingPath('list', file.caseId)}?done=off&told=${saved.told}`, 303)
  return saved.refused === 'no-case' ? notFound(c) : c.html(ask(c, file, line, true), 409)
})

async function lineOf(
  c: Context<MemberEnv>,
): Promise<{ readonly file: CaseFile; readonly line: Helper } | null> {
  const file = await fileOf(c)
  const line = file?.helpers.find((each) => each.id === c.req.param('line'))
  return file === null || line === undefined ? null : { file, line }
}

function ask(c: Context<MemberEnv>, file: CaseFile, line: Helper, conflict: boolean) {
  const { t } = c.var
  return (
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('helping.off.title')}
      lead={t('helping.off.lead', { agency: line.agency })}
      back={{ href: helpingPath('list', file.caseId), text: t('helping.title') }}
      conflict={conflict ? t('helping.changed') : undefined}
    >
      <form method="post" action={helpingPath('off', file.caseId, line.id)}>
        <input type="hidden" name="version" value={String(file.sheets.helpers.version)} />
        <ButtonGroup>
          <Button>{t('helping.off.yes')}</Button>
          <a class="govuk-link" href={helpingPath('list', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </TaskFrame>
  )
}
