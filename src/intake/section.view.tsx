import { type CaseFile, colleaguesOf } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { answersAsText } from './answers.view.tsx'
import { filledIn } from './answer.store.ts'
import type { FilledForm } from './answer.ts'
import { filledItem } from './filled-item.view.ts'
import { versionOf } from './form.store.ts'
import type { FormBody } from './form.ts'
import { casesFormPath } from './paths.ts'

const shown = 3

function wholeText(t: Words, body: FormBody, { answers, judgement }: FilledForm): string {
  const text = answersAsText(t, body, answers)
  return judgement === '' ? text : `${t('intake.judgement.title')}: ${judgement}\n${text}`
}

/** The part of a case's page about forms: what was filled in last, and the way to fill in another. */
export async function formsSection(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const filled = await filledIn(db, file.key, { limit: shown, offset: 0 })
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const writes = mayDo(actor.roles, 'case:write')
  return (
    <section>
      <h2 class="govuk-heading-m">{t('intake.case.title')}</h2>
      {filled.length === 0 ? null : (
        <DenseList items={filled.map((each) => filledItem(t, file.caseId, each, names))} empty="" />
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={casesFormPath('ofCase', file.caseId)}>
          {t(writes ? 'intake.case.fill' : 'intake.case.filled')}
        </a>
      </p>
    </section>
  )
}

/** What the forms of a case say, for the file that a person asks for: each with its questions as they were worded then. */
export async function filledTexts(
  db: Tx,
  actor: Actor,
  t: Words,
  file: Pick<CaseFile, 'key'>,
): Promise<readonly { readonly id: string; readonly title: string; readonly text: string }[]> {
  const texts = []
  for (const filled of await filledIn(db, file.key, null)) {
    const version = await versionOf(db, actor, filled.formId, filled.formVersion)
    if (version === null) throw new Error('A filled form has lost the version it was given to.')
    const title = `${filled.title}, ${t.dateTime(filled.updatedAt)}`
    texts.push({ id: filled.id, title, text: wholeText(t, version.body, filled) })
  }
  return texts
}
