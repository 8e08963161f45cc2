import { type Context, Hono } from 'hono'

import { colleaguesOf } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button } from '#platform/ui'

import type { FormVersion, Item } from './form.ts'
import { hasOptions, isQuestion, placedIn } from './form.rules.ts'
import { formById, versionOf } from './form.store.ts'
import { FormsFrame } from './frame.view.tsx'
import { whenText } from './item.view.ts'
import { paths, versionPath } from './paths.ts'
import { questionnaireOf } from './questionnaire-write.rules.ts'

export const versionPage = new Hono<MemberEnv>()

/** A published version as it was asked: to be read by whoever reads answers to it. */
versionPage.get(paths.version, needs('case:read'), async (c) => {
  const { t, db, actor } = c.var
  const version = await found(c)
  if (version === null) return notFound(c)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return c.html(
    <FormsFrame
      screen={c.var}
      title={version.body.title}
      caption={t('intake.forms.version', { version: version.version })}
      back={{ href: '/work', text: t('intake.read.work') }}
    >
      <p class="govuk-body app-muted">
        {t('intake.form.published', {
          date: t.dateTime(version.publishedAt),
          name: names.get(version.publishedBy) ?? t('intake.gone'),
        })}
      </p>
      {version.body.purpose === '' ? null : <p class="govuk-body app-measure">{version.body.purpose}</p>}
      <ul class="app-form-items">
        {placedIn(version.body.items)
          .filter(({ item }) => !item.retired)
          .map(({ item, depth }) => (
            <li
              class={`app-form-items__item app-form-items__item--${Math.min(depth, 4)} app-form-items__item--${item.kind === 'section' ? 'section' : 'plain'}`}
            >
              {item.text}
              <div class="app-form-items__about">{aboutOf(c, version, item)}</div>
            </li>
          ))}
      </ul>
      <p class="govuk-body app-measure">{t('intake.version.file-means')}</p>
      <form method="post" action={versionPath('file', version.formId, version.version)}>
        <Button variant="secondary">{t('intake.version.file')}</Button>
      </form>
    </FormsFrame>,
  )
})

/** The version as a Questionnaire of FHIR R4. It holds questions and tells nothing of anybody. */
versionPage.post(paths.file, needs('case:read'), async (c) => {
  const version = await found(c)
  const form = version === null ? null : await formById(c.var.db, c.var.actor, version.formId)
  if (version === null || form === null) return notFound(c)
  c.header('content-disposition', 'attachment; filename="form.json"')
  c.header('content-type', 'application/fhir+json; charset=utf-8')
  const identity = {
    id: version.formId,
    version: version.version,
    retired: form.state === 'retired',
    publishedAt: version.publishedAt,
  }
  return c.body(JSON.stringify(questionnaireOf(version.body, identity), null, 2))
})

function found(c: Context<MemberEnv>): Promise<FormVersion | null> {
  return versionOf(c.var.db, c.var.actor, c.req.param('form') ?? '', Number(c.req.param('version')))
}

function aboutOf({ var: { t } }: Context<MemberEnv>, version: FormVersion, item: Item): string {
  return [
    isQuestion(item) ? t(`intake.kind.${item.kind}`) : '',
    hasOptions(item) ? item.options.map(({ label }) => label).join(' / ') : '',
    whenText(t, version.body, item),
  ]
    .filter((each) => each !== '')
    .join(' · ')
}
