import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Timeline, Lines } from '#platform/ui'

import { colleaguesOf } from './colleague.store.ts'
import { TaskFrame } from './frame.view.tsx'
import { addNote, notesOf } from './note.actions.ts'
import { noteClasses } from './note-class.ts'
import { classesFor } from './note-class.rules.ts'
import { NoteClassChoice, NoteClassTag } from './note-class.view.tsx'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { fileOf } from './task.ts'

const Form = z.object({
  words: z.string('people.notes.missing').min(1, 'people.notes.missing').max(8000),
  noteClass: z.enum(noteClasses).optional(),
  then: z.string().optional(),
})

const mostShown = 200

export const notesPage = new Hono<MemberEnv>()

notesPage.get(paths.notes, needs('case:read'), (c) => show(c, {}, {}))

notesPage.post(paths.notes, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors)
  const { words, noteClass } = form.data
  const { db, actor } = c.var
  // A class that this agency does not keep is none: the default of the place counts.
  const chosen = classesFor(actor).offered.find((each) => each === noteClass)
  const more = chosen === undefined ? {} : { noteClass: chosen }
  const saved = await addNote(db, actor, c.req.param('id'), words, more)
  if ('refused' in saved) return notFound(c)
  return c.redirect(`${casePath('case', c.req.param('id'))}?saved=1`, 303)
})

async function show(c: Context<MemberEnv>, typed: FormValues, errors: Readonly<Record<string, string>>) {
  const text = (name: string) => [typed[name] ?? ''].flat()[0]
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const notes = await notesOf(db, file.key, mostShown)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const items = notes.map((note) => ({
    when: t.dateTime(note.writtenAt),
    machineTime: note.writtenAt.toISOString(),
    what: <Lines text={note.words} />,
    more: <NoteClassTag t={t} actor={actor} note={note} />,
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
          value={text('words')}
          rows={5}
          error={errors['words']}
        />
        <NoteClassChoice t={t} actor={actor} value={text('noteClass')} />
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
