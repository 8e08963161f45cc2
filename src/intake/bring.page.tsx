import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { allowBody, type FieldErrors, type MemberEnv, needs, readForm } from '#platform/http'
import { Button, Checkboxes, FileUpload, InsetText, TermNotes, TextArea } from '#platform/ui'

import { bringForm } from './form.actions.ts'
import type { FormProblem } from './form.ts'
import { FormsFrame } from './frame.view.tsx'
import { problemText } from './item.view.ts'
import { formPath, paths } from './paths.ts'
import { linkNames } from './questionnaire-names.rules.ts'
import { noteKey } from './notes.view.tsx'

const mostBytes = 1024 * 1024

const Form = z.object({
  file: z.instanceof(File).optional(),
  text: z.string().max(mostBytes, 'intake.bring.too-big').optional(),
  mayUse: z.string('intake.bring.may-use-missing'),
})

export const bringPage = new Hono<MemberEnv>()

/** A form that comes as a file. Nothing of it is kept unless all of it can be. */
bringPage.get(paths.bring, needs('case:lead'), (c) => show(c, '', {}, false))

bringPage.post(paths.bring, allowBody(2 * mostBytes), needs('case:lead'), async (c) => {
  const form = await readForm(c, Form, { asTyped: ['text'] })
  const given = await textOf(form.ok ? form.data : form.values)
  if (!form.ok) return show(c, given, form.errors, form.values['mayUse'] !== undefined)
  const { t, db, actor } = c.var
  if (given.trim() === '') return show(c, '', { text: t('intake.bring.nothing') }, true)
  if (given.length > mostBytes) return show(c, given, { text: t('intake.bring.too-big') }, true)
  const json = parsed(given)
  if (json === undefined) return show(c, given, { text: t('intake.bring.no-json') }, true)
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const brought = await bringForm(db, actor, json, today)
  if ('refused' in brought) return show(c, given, {}, true, { problems: brought.refused, json })
  const notes = [...new Set(brought.notes.map(({ rule }) => rule))]
  const said = new URLSearchParams([['said', 'brought'], ...notes.map((rule) => [noteKey, rule])])
  return c.redirect(`${formPath('form', brought.id)}?${said.toString()}`, 303)
})

interface Refused {
  readonly problems: readonly FormProblem[]
  readonly json: unknown
}

async function textOf(given: { readonly file?: unknown; readonly text?: unknown }): Promise<string> {
  if (given.file instanceof File) return given.file.text()
  return typeof given.text === 'string' ? given.text : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** A file that was refused comes back as text, so that nobody has to choose it again. */
function show(c: Context<MemberEnv>, text: string, errors: FieldErrors, mayUse: boolean, refused?: Refused) {
  const { t } = c.var
  const names = refused === undefined ? new Map<string, string>() : linkNames(refused.json)
  const problems = (refused?.problems ?? []).map((each) =>
    problemText(t, each, (item) => names.get(item) ?? item),
  )
  const [first] = problems
  const all = first === undefined ? errors : { text: t('intake.bring.refused', { count: problems.length }) }
  return c.html(
    <FormsFrame
      screen={c.var}
      title={t('intake.bring.title')}
      back={{ href: paths.forms, text: t('intake.forms.title') }}
      errors={all}
    >
      <p class="govuk-body app-measure">{t('intake.bring.lead')}</p>
      {problems.length === 0 ? null : (
        <section aria-label={t('intake.bring.refused', { count: problems.length })}>
          <ul class="govuk-list govuk-list--bullet">
            {problems.map((each) => (
              <li>{each}</li>
            ))}
          </ul>
        </section>
      )}
      <form method="post" action={paths.bring} enctype="multipart/form-data" novalidate>
        <FileUpload
          name="file"
          label={t('intake.bring.file')}
          hint={t('intake.bring.file-hint')}
          error={errors['file']}
          accept=".json,application/json,application/fhir+json"
        />
        <TextArea
          name="text"
          label={t('intake.bring.text')}
          rows={text === '' ? 4 : 12}
          value={text}
          error={all['text']}
        />
        <InsetText>{t('intake.bring.licence')}</InsetText>
        <Checkboxes
          name="mayUse"
          legend={t('intake.bring.may-use-legend')}
          values={mayUse ? ['yes'] : []}
          error={errors['mayUse']}
          items={[{ value: 'yes', text: t('intake.bring.may-use') }]}
        />
        <Button>{t('intake.bring.go')}</Button>
      </form>
      <TermNotes t={t} terms={['assessment']} />
    </FormsFrame>,
    Object.keys(all).length > 0 ? 422 : 200,
  )
}
