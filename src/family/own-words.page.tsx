import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  type CaseFile,
  casePath,
  fileOf,
  OwnWords,
  readSheet,
  SaveButtons,
  savedText,
  saveSheet,
  TaskFrame,
  toldHows,
} from '#people'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Fieldset, Input, Radios, TextArea } from '#platform/ui'

import { paths, familyPath } from './paths.ts'
import { typedAgain } from './typed.view.ts'

const long = z.string().max(2000, 'family.ownWords.too-long').default('')
const what = z.string().max(500, 'family.ownWords.too-long').default('')
const whom = z.string().max(200, 'family.ownWords.too-long').default('')

const Form = z.object({
  want: long,
  trust: long,
  'what-0': what,
  'whom-0': whom,
  'what-1': what,
  'whom-1': whom,
  'what-2': what,
  'whom-2': whom,
  how: z.enum(toldHows).default('said'),
  version: z.coerce.number().int().min(0).default(0),
  then: z.string().optional(),
})
const places = [0, 1, 2] as const
/** Younger than this reads other words, in months as the details count age. */
const youngUntil = 12 * 12

/** What a person says for themselves: no one else's words, so no hint about wording either. */
export const ownWordsPage = new Hono<MemberEnv>()

ownWordsPage.get(paths.ownWords, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const kept = await readSheet(c.var.db, file.key, 'own-words')
  return show(c, file, typedOf(kept), {}, false)
})

ownWordsPage.post(paths.ownWords, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  if (!form.ok) return show(c, file, form.values, form.errors, false)
  const { data } = form
  const { db, actor, t } = c.var
  const words = OwnWords.parse({
    want: data.want,
    trust: data.trust,
    how: data.how,
    toldOn: Temporal.Now.plainDateISO(t.timeZone).toString(),
    notTold: places
      .map((at) => ({ what: data[`what-${at}`], whom: data[`whom-${at}`] }))
      .filter((each) => each.what !== '' || each.whom !== ''),
  })
  const at = { caseId: file.caseId, version: data.version }
  const saved = await saveSheet(db, actor, at, 'own-words', words)
  if (!('refused' in saved)) return c.redirect(`${casePath('case', file.caseId)}?saved=1`, 303)
  return saved.refused === 'no-case' ? notFound(c) : show(c, file, typedAgain(data), {}, true)
})

function typedOf(kept: OwnWords | null): FormValues {
  if (kept === null) return {}
  const lines = kept.notTold.flatMap((each, at) => [
    [`what-${at}`, each.what],
    [`whom-${at}`, each.whom],
  ])
  return { want: kept.want, trust: kept.trust, how: kept.how, ...Object.fromEntries(lines) }
}

async function show(
  c: Context<MemberEnv>,
  file: CaseFile,
  values: FormValues,
  errors: FieldErrors,
  conflict: boolean,
) {
  const { t } = c.var
  const age = Number(file.situation['age'])
  const variant = Number.isFinite(age) && age < youngUntil ? 'young' : 'older'
  const now = conflict ? await readSheet(c.var.db, file.key, 'own-words') : null
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('family.ownWords.title')}
      lead={t('family.ownWords.lead')}
      errors={errors}
      conflict={conflict ? savedText(t, [now?.want ?? '', now?.trust ?? '']) : undefined}
    >
      <form method="post" action={familyPath('ownWords', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(file.sheets['own-words'].version)} />
        {(['want', 'trust'] as const).map((name) => (
          <TextArea
            name={name}
            label={t(`family.ownWords.${name}-${variant}`)}
            hint={t(`family.ownWords.${name}-hint`)}
            value={textOf(values, name)}
            error={errors[name]}
            rows={3}
          />
        ))}
        <Fieldset legend={t(`family.ownWords.not-told-${variant}`)}>
          <p class="govuk-hint">{t('family.ownWords.not-told-hint')}</p>
          {places.map((at) => (
            <div role="group" aria-label={t('family.ownWords.not-told-number', { number: at + 1 })}>
              <Input
                name={`what-${at}`}
                label={t('family.ownWords.what', { number: at + 1 })}
                value={textOf(values, `what-${at}`)}
                error={errors[`what-${at}`]}
              />
              <Input
                name={`whom-${at}`}
                label={t('family.ownWords.whom', { number: at + 1 })}
                value={textOf(values, `whom-${at}`)}
                error={errors[`whom-${at}`]}
                width="two-thirds"
              />
            </div>
          ))}
        </Fieldset>
        <Radios
          name="how"
          legend={t('family.ownWords.how')}
          small
          value={textOf(values, 'how')}
          items={toldHows.map((value) => ({ value, text: t(`family.ownWords.how-${value}`) }))}
        />
        <SaveButtons t={t} caseId={file.caseId} />
      </form>
    </TaskFrame>,
    conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
