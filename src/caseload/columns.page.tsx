import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { neverAsked } from '#intake'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Checkboxes, InsetText, Select } from '#platform/ui'

import { setColumns } from './bring.actions.ts'
import { type FieldId, fieldIds } from './field.ts'
import { Frame } from './frame.view.tsx'
import { forbiddenColumns } from './mapping.rules.ts'
import { paths, runPath } from './paths.ts'
import { mostColumns, type Run } from './run.ts'
import { linesOf, runById } from './run.store.ts'

const Form = z.object({
  ...Object.fromEntries(
    Array.from({ length: mostColumns }, (_, at) => [
      `column-${at}`,
      z.enum([...fieldIds, 'out']).default('out'),
    ]),
  ),
  again: z.literal('yes').optional(),
})

export const columnsPage = new Hono<MemberEnv>()

/** Which column is which: what its heading suggests stands there already, with the first lines beside it. */
columnsPage.get(paths.columns, needs('case:lead'), (c) => show(c, null, null))

columnsPage.post(paths.columns, needs('case:lead'), async (c) => {
  const form = await readForm(c, Form)
  const typed: Readonly<Record<string, string | undefined>> = form.ok ? (form.data as never) : {}
  const mapping: Record<string, FieldId> = {}
  for (const [name, value] of Object.entries(typed)) {
    const column = /^column-(\d+)$/.exec(name)?.[1]
    if (column !== undefined && value !== undefined && value !== 'out') mapping[column] = value as FieldId
  }
  const wish = { mapping, again: typed['again'] === 'yes' }
  const done = await setColumns(c.var.db, c.var.actor, c.req.param('run'), wish)
  if ('done' in done) return c.redirect(runPath('run', c.req.param('run')), 303)
  if (done.refused === 'missing') return notFound(c)
  const { t } = c.var
  const field = 'field' in done ? t(`caseload.field.${done.field}`) : ''
  return show(c, t(`caseload.refused.${done.refused}`, { field }), wish)
})

async function show(
  c: Context<MemberEnv>,
  problem: string | null,
  typed: Pick<Run, 'mapping' | 'again'> | null,
) {
  const { db, actor, t } = c.var
  const run = await runById(db, actor, c.req.param('run') ?? '', false)
  if (run === null) return notFound(c)
  const examples = await linesOf(db, actor, run.id, { limit: 20 })
  const forbidden = new Map(forbiddenColumns(run.columns, neverAsked).map((each) => [each.column, each.rule]))
  const { mapping, again } = typed ?? run
  const choices = [{ value: 'out', text: t('caseload.field.out') }].concat(
    fieldIds.map((id) => ({ value: id, text: t(`caseload.field.${id}`) })),
  )
  const open = run.state === 'columns' || run.state === 'ready'
  return c.html(
    <Frame
      screen={c.var}
      title={t('caseload.columns.title')}
      caption={run.name}
      errors={problem === null ? undefined : { 'column-0': problem }}
    >
      <p class="govuk-body">{t('caseload.columns.lead')}</p>
      {forbidden.size === 0 ? null : (
        <InsetText>
          {[...new Set(forbidden.values())].map((rule) => (
            <p class="govuk-body">
              {t(`caseload.forbidden.${rule}`, {
                columns: t.list(run.columns.filter((_, at) => forbidden.get(at) === rule)),
              })}
            </p>
          ))}
        </InsetText>
      )}
      <form method="post" action={runPath('columns', run.id)}>
        {run.columns.map((column, at) =>
          forbidden.has(at) ? null : (
            <Select
              name={`column-${at}`}
              label={column === '' ? t('caseload.columns.unnamed', { nth: at + 1 }) : column}
              hint={exampleOf(t, examples, at)}
              value={mapping[String(at)] ?? 'out'}
              items={choices}
            />
          ),
        )}
        <Checkboxes
          name="again"
          legend={t('caseload.columns.again-legend')}
          values={again ? ['yes'] : []}
          items={[{ value: 'yes', text: t('caseload.columns.again') }]}
        />
        {open ? <Button>{t('caseload.columns.go')}</Button> : null}
      </form>
    </Frame>,
    problem === null ? 200 : 422,
  )
}

function exampleOf(
  t: MemberEnv['Variables']['t'],
  lines: Awaited<ReturnType<typeof linesOf>>,
  at: number,
): string | undefined {
  const found = lines.map((line) => (line.cells?.[at] ?? '').trim()).filter((cell) => cell !== '')
  const [some = ''] = found
  return some === ''
    ? t('caseload.columns.empty')
    : t('caseload.columns.example', { text: some.slice(0, 80) })
}
