import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { WorkFrame } from '#people'
import {
  dateField,
  dateOf,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
} from '#platform/http'
import { Button, ButtonGroup, DateInput, PageHeading } from '#platform/ui'

import { dayOf, momentOf } from './entry.rules.ts'
import { paths, taskPath } from './paths.ts'
import { changeTask } from './task.actions.ts'
import { taskOf } from './task.store.ts'
import { dateBoxes } from './typed.view.ts'

const Done = z.object({ done: z.literal('yes') })
const Move = z.object({ due: dateField({ missing: 'diary.new.due-missing', wrong: 'diary.new.due-wrong' }) })

export const taskPage = new Hono<MemberEnv>()

/** One task of one's own: done, or another day. */
taskPage.get(paths.task, needs('case:read'), (c) => show(c, {}, {}))

taskPage.post(paths.task, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const id = c.req.param('task')
  const done = await readForm(c, Done)
  const move = done.ok ? null : await readForm(c, Move)
  if (move !== null && !move.ok) return show(c, move.values, move.errors)
  const to = move === null ? ('done' as const) : { dueAt: momentOf(move.data.due, '12:00', t.timeZone) }
  const changed = await changeTask(db, actor, id, to)
  return 'refused' in changed ? notFound(c) : c.redirect(paths.diary, 303)
})

async function show(c: Context<MemberEnv>, values: FormValues, errors: FieldErrors) {
  const { db, actor, t } = c.var
  const id = c.req.param('task') ?? ''
  const task = await taskOf(db, actor, id)
  if (task === null) return notFound(c)
  const typed = Object.keys(values).length > 0 ? values : dateBoxes('due', dayOf(task.dueAt, t.timeZone))
  return c.html(
    <WorkFrame
      current={paths.diary}
      screen={c.var}
      title={t('diary.task.title')}
      back={{ href: paths.diary, text: t('diary.title') }}
      errors={errors}
    >
      <PageHeading caption={t('diary.task.title')}>{task.words}</PageHeading>
      <form method="post" action={taskPath(id)}>
        <ButtonGroup>
          <Button name="done" value="yes">
            {t('diary.task.done')}
          </Button>
        </ButtonGroup>
      </form>
      <form method="post" action={taskPath(id)} novalidate>
        <DateInput
          name="due"
          legend={t('diary.task.move')}
          value={dateOf(typed, 'due')}
          error={errors['due']}
        />
        <Button variant="secondary">{t('diary.task.move-go')}</Button>
      </form>
    </WorkFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
