import { type CaseFile, casePath, readSheet } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList, InsetText } from '#platform/ui'

import { nameText, sourceText } from './diagram.view.tsx'
import { familyOf, noticesIn } from './family.actions.ts'
import { Notices } from './notice.view.tsx'
import { familyPath } from './paths.ts'

/** The part of a case's page that shows the family: what must not be told to whom first, then who has a file of their own. */
export async function familySection(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const family = await familyOf(db, actor, file)
  const notices = await noticesIn(db, actor, t, family)
  const words = await readSheet(db, file.key, 'own-words')
  const linked = family.members.filter((each) => each.caseId !== null)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('family.title')}</h2>
      {(words?.notTold ?? []).map((each) => (
        <InsetText>{t('family.section.not-told', { what: each.what, whom: each.whom })}</InsetText>
      ))}
      {words === null || words.want === '' ? null : (
        <p class="govuk-body">{t('family.section.wants', { words: words.want })}</p>
      )}
      {linked.length === 0 ? null : (
        <DenseList
          empty=""
          items={linked.map((each) => ({
            href: casePath('case', each.caseId ?? ''),
            title: nameText(t, each),
            meta: `${t(`family.relation.${each.relation}`)} · ${sourceText(t, each)}`,
            tag: each.ended ? { text: t('family.ended'), colour: 'grey' } : undefined,
          }))}
        />
      )}
      <Notices t={t} notices={notices} />
      <ul class="govuk-list">
        {(['family', 'ownWords', 'support'] as const).map((page) => (
          <li>
            <a class="govuk-link" href={familyPath(page, file.caseId)}>
              {t(page === 'family' ? 'family.see' : `family.${page}.title`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
