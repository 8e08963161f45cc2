import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Timeline, Lines } from '#platform/ui'

import { colleaguesOf } from './colleague.store.ts'
import { TaskFrame } from './frame.view.tsx'
import { addNote, notesOf } from './note.actions.ts'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { fileOf } from './task.ts'

const Form = z.object({
  words: z.string('people.notes.missing').min(1, 'people.notes.missing').max(8000),
  then: z.string().optional(),
})

const mostShown = 200

export const notesPage = new Hono<MemberEnv>()

notesPage.get(paths.notes, needs('case:read'), (c) => show(c, '', {}))

notesPage.post(paths.notes, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, String(form.values['words'] ?? ''), form.errors)
  const saved = await addNote(c.var.db, c.var.actor, c.req.param('id'), form.data.words)
  if ('refused' in saved) return notFound(c)
  return c.redirect(`${casePath('case', c.req.param('id'))}?saved=1`, 303)
})

async function show(c: Context<MemberEnv>, words: string, errors: Readonly<Record<string, string>>) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const notes = await notesOf(db, file.key, mostShown)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const items = notes.map((note) => ({
    when: t.dateTime(note.writtenAt),
    machineTime: note.writtenAt.toISOString(),
    what: <Lines text={note.words} />,
    who: names.get(note.authorId) ?? t('people.notes.gone'),
  }))
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('people.notes.title')}
      lead={t('people.notes.lead')}
      errors={errors}
    >
      <form method="post" action={casePath('notes', file.caseId)} novalidate>
        <AboutText
          t={t}
          name="words"
          label={t('people.notes.words')}
          value={words}
          rows={5}
          error={errors['words']}
        />
        <SaveButtons t={t} caseId={file.caseId} />
      </form>
      {items.length === 0 ? (
        <p class="govuk-body app-muted">{t('people.notes.empty')}</p>
      ) : (
        <>
          <h2 class="govuk-heading-m">{t('people.notes.before')}</h2>
          <Timeline items={items} />
        </>
      )}
    </TaskFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
