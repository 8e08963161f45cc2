import { Hono } from 'hono'

import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Checkboxes, Details, Fieldset, Radios, TextArea } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { colleaguesOf } from './colleague.store.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { progressStates } from './need-progress.ts'
import { nowOf, progressAfter, progressFrom, type ProgressRow } from './need-progress.rules.ts'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { saveStory } from './sheet.actions.ts'
import { progressText } from './story.view.ts'
import { needText } from './summary.view.tsx'
import { fileOf } from './task.ts'

/** How each need is now, as the person judges it. */
export const progressPage = new Hono<MemberEnv>()

progressPage.get(paths.progress, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const names = await namesOf(c.var)
  return c.html(
    <ProgressTask screen={c.var} file={file} names={names} version={file.sheets.progress.version} />,
  )
})

progressPage.post(paths.progress, needs('case:write'), async (c) => {
  const posted = await readPosted(c)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t, db, actor } = c.var
  const typed = progressFrom(file.needs, posted)
  const version = Number(posted.get('version')?.[0] ?? 0)
  const names = await namesOf(c.var)
  const shown = { screen: c.var, file, names, rows: typed.rows, saidSo: typed.saidSo }
  if (Object.keys(typed.wrong).length > 0) {
    const errors = Object.fromEntries(Object.entries(typed.wrong).map(([name, key]) => [name, t(key)]))
    return c.html(<ProgressTask {...shown} version={version} errors={errors} />, 422)
  }
  const by = { on: Temporal.Now.plainDateISO(t.timeZone).toString(), askedBy: actor.accountId }
  const after = progressAfter(file.story.progress, file.needs, typed, by)
  const saved = await saveStory(db, actor, { caseId: file.caseId, version }, 'progress', after)
  if (!('refused' in saved)) return c.redirect(`${casePath('case', file.caseId)}?saved=1`, 303)
  if (saved.refused === 'no-case') return notFound(c)
  return c.html(<ProgressTask {...shown} version={file.sheets.progress.version} conflict />, 409)
})

async function namesOf({ db, actor }: Pick<MemberEnv['Variables'], 'db' | 'actor'>) {
  return new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
}

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
  readonly names: ReadonlyMap<string, string>
  readonly version: number
  readonly rows?: readonly ProgressRow[]
  readonly saidSo?: boolean
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}

function ProgressTask(p: Props) {
  const { t } = p.screen
  const { file } = p
  const now = file.needs.flatMap((need) => nowOf(file.story.progress, need.id) ?? [])
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.progress.title')}
      lead={t('people.progress.lead')}
      errors={p.errors}
      conflict={
        p.conflict
          ? savedText(
              t,
              now.map((each) => progressText(t, each)),
            )
          : undefined
      }
    >
      {file.needs.length === 0 ? (
        <p class="govuk-body">
          <a class="govuk-link" href={casePath('needs', file.caseId)}>
            {t('people.progress.no-needs')}
          </a>
        </p>
      ) : (
        <form method="post" action={casePath('progress', file.caseId)} novalidate>
          <input type="hidden" name="version" value={String(p.version)} />
          {file.needs.map((_, i) => (
            <NeedFields {...p} i={i} />
          ))}
          <Checkboxes
            name="saidSo"
            legend={t('people.progress.said-so-legend')}
            error={p.errors?.['saidSo']}
            small
            items={[{ value: 'yes', text: t('people.progress.said-so') }]}
            values={p.saidSo === true ? ['yes'] : []}
          />
          <SaveButtons t={t} caseId={file.caseId} />
        </form>
      )}
    </TaskFrame>
  )
}

function NeedFields(p: Props & { readonly i: number }) {
  const { t } = p.screen
  const { i, file } = p
  const need = file.needs[i]
  if (need === undefined) return null
  const said = file.story.progress.filter((each) => each.need === need.id)
  return (
    <Fieldset legend={`${i + 1}. ${needText(need)}`}>
      <Radios
        name={`state-${i}`}
        legend={t('people.progress.state')}
        legendSize="s"
        value={p.rows?.[i]?.state ?? ''}
        error={p.errors?.[`state-${i}`]}
        small
        inline
        items={progressStates.map((state) => ({ value: state, text: t(`people.progress.state-${state}`) }))}
      />
      <TextArea
        name={`words-${i}`}
        label={t('people.progress.words')}
        value={p.rows?.[i]?.words ?? ''}
        rows={2}
        error={p.errors?.[`words-${i}`]}
      />
      {said.length === 0 ? null : (
        <Details summary={t('people.progress.before')}>
          {said.map((each) => (
            <p class="govuk-body">
              {progressText(t, each)}{' '}
              <span class="app-muted">
                {t('people.progress.asked-by', { name: p.names.get(each.askedBy) ?? t('people.notes.gone') })}
              </span>
            </p>
          ))}
        </Details>
      )}
    </Fieldset>
  )
}
