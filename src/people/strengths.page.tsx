import { Hono } from 'hono'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Button, Fieldset } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { saveStory } from './sheet.actions.ts'
import { strengthsAfter, strengthsFrom, type StrengthList, strengthLists } from './strength.rules.ts'
import { strengthLines } from './story.view.ts'
import { fileOf } from './task.ts'

/** What is strong about somebody and what they do to keep safe: the first thing that a case tells. */
export const strengthsPage = new Hono<MemberEnv>()

strengthsPage.get(paths.strengths, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { strengths, acts } = file.story.strengths
  const words = (said: typeof acts) => said.map((each) => each.words)
  const lines = { strengths: words(strengths), acts: words(acts) }
  return c.html(
    <Strengths screen={c.var} file={file} lines={lines} version={file.sheets.strengths.version} />,
  )
})

strengthsPage.post(paths.strengths, needs('case:write'), askOnce, async (c) => {
  const posted = await readPosted(c)
  const typed = strengthsFrom(posted)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t, db, actor } = c.var
  const version = Number(posted.get('version')?.[0] ?? 0)
  const shown = { screen: c.var, file, lines: typed.lines }
  if (typed.tooLong.length > 0) {
    const errors = Object.fromEntries(typed.tooLong.map((name) => [name, t('people.strengths.too-long')]))
    return c.html(<Strengths {...shown} version={version} errors={errors} />, 422)
  }
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const after = strengthsAfter(file.story.strengths, typed.lines, today)
  const saved = await saveStory(db, actor, { caseId: file.caseId, version }, 'strengths', after)
  if ('refused' in saved) {
    if (saved.refused === 'no-case') return notFound(c)
    return c.html(<Strengths {...shown} version={file.sheets.strengths.version} conflict />, 409)
  }
  const more = posted.get('then')?.[0] === 'add'
  return c.redirect(
    more ? paths.strengths.replace(':id', file.caseId) : `${casePath('case', file.caseId)}?saved=1`,
    303,
  )
})

function Strengths(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly lines: Readonly<Record<StrengthList, readonly string[]>>
  readonly version: number
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}) {
  const { t } = p.screen
  return (
    <TaskFrame
      screen={p.screen}
      file={p.file}
      title={t('people.strengths.title')}
      lead={t('people.strengths.lead')}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, strengthLines(p.file)) : undefined}
    >
      <form method="post" action={casePath('strengths', p.file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(p.version)} />
        {strengthLists.map((list) => (
          <Fieldset legend={t(`people.strengths.${list}`)}>
            <p class="govuk-hint">{t(`people.strengths.${list}-hint`)}</p>
            {[...p.lines[list], ''].slice(0, 20).map((words, i) => (
              <AboutText
                t={t}
                name={`${list}-${i}`}
                label={t(words === '' ? 'people.strengths.another' : 'people.strengths.number', {
                  number: i + 1,
                })}
                value={words}
                rows={2}
                error={p.errors?.[`${list}-${i}`]}
              />
            ))}
          </Fieldset>
        ))}
        <p class="govuk-hint">{t('people.strengths.empty-hint')}</p>
        <Button variant="secondary" name="then" value="add">
          {t('people.strengths.add')}
        </Button>
        <SaveButtons t={t} caseId={p.file.caseId} />
      </form>
    </TaskFrame>
  )
}
