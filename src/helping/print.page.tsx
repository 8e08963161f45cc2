import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type CaseFile, type CaseLock, type CaseLocked, fileOf, paperAnswer, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { record } from '#platform/ledger'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  InsetText,
  Lines,
  PageHeading,
  PlainPage,
  SummaryList,
  WarningText,
} from '#platform/ui'
import { helperText } from '#referrals'

import { helpingPath, paths } from './paths.ts'

const Sure = z.object({ sure: z.literal('paper').optional(), line: z.array(z.string().max(40)).max(20) })

/**
 * The list on paper, for the person or for the worker whom they chose to carry it. The first page asks who could find the paper and
 * which lines stand on it; the second yes prints, where safe contact lets paper be and no court's paper holds the case.
 */
export function printPage(lock: CaseLock): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.print, needs('case:read'), (c) => ask(c, lock, 200))
  page.post(paths.print, needs('case:read'), async (c) => {
    const form = await readForm(c, Sure)
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    const { db, actor, t } = c.var
    const sure = form.ok && form.data.sure === 'paper'
    const locked = await lock(db, actor, file)
    if (!sure || locked !== null || !paperAnswer(file.contact, new Date()).may)
      return ask(c, lock, sure ? 409 : 422)
    const lines = file.helpers.filter((each) => form.data.line.includes(each.id))
    await record(db, actor, { kind: 'export.made', of: file.key, detail: { what: 'print' } })
    const back = { href: helpingPath('print', file.caseId), text: t('helping.print.back') }
    return c.html(
      <PlainPage t={t} title={t('helping.print.heading')} back={back} wide>
        <PageHeading>{t('helping.print.heading')}</PageHeading>
        <SummaryList
          rows={lines.map((each) => ({
            key: each.agency,
            value: <Lines text={helperText(t, { ...each, ref: each.id })} />,
          }))}
        />
      </PlainPage>,
    )
  })
  return page
}

async function ask(c: Context<MemberEnv>, lock: CaseLock, status: 200 | 409 | 422) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const locked = await lock(db, actor, file)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('helping.print.link')}
      back={{ href: helpingPath('list', file.caseId), text: t('helping.title') }}
    >
      <Ask c={c} file={file} locked={locked} />
    </TaskFrame>,
    locked === null ? status : 409,
  )
}

function Ask(p: {
  readonly c: Context<MemberEnv>
  readonly file: CaseFile
  readonly locked: CaseLocked | null
}) {
  const { file, locked } = p
  const { t } = p.c.var
  const paper = paperAnswer(file.contact, new Date())
  if (locked !== null)
    return (
      <WarningText>{t('people.print.locked', { sentence: t(locked.key), rule: locked.rule })}</WarningText>
    )
  if (!paper.may) return <WarningText>{t(paper.key)}</WarningText>
  if (file.helpers.length === 0) return <p class="govuk-body">{t('helping.none')}</p>
  return (
    <form method="post" action={helpingPath('print', file.caseId)}>
      <InsetText>
        <p class="govuk-body">{t('people.print.keep')}</p>
        <p class="govuk-body">{t('helping.print.tells')}</p>
      </InsetText>
      <Checkboxes
        name="line"
        legend={t('helping.print.lines')}
        items={file.helpers.map((each) => ({ value: each.id, text: each.agency }))}
        values={file.helpers.map((each) => each.id)}
      />
      <ButtonGroup>
        <Button name="sure" value="paper">
          {t('helping.print.yes')}
        </Button>
        <a class="govuk-link" href={helpingPath('list', file.caseId)}>
          {t('helping.print.no')}
        </a>
      </ButtonGroup>
    </form>
  )
}
