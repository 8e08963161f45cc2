import { Hono } from 'hono'

import { type MemberEnv, needs, notFound } from '#platform/http'
import { record } from '#platform/ledger'
import { Button, ButtonGroup, DenseList } from '#platform/ui'

import { subjectOf } from './card.rules.ts'
import { TaskFrame } from './frame.view.tsx'
import { sameNameElsewhere } from './name-search.actions.ts'
import { casePath, paths } from './paths.ts'
import { afterSaving, fileOf } from './task.ts'

export const sameNamePage = new Hono<MemberEnv>()

/** Somebody of this name is in another case that the reader may see: perhaps the same person. Nothing is joined by itself. */
sameNamePage.get(paths.sameName, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const { caseId } = file
  const next = afterSaving(caseId, c.req.query('then'), 'contact')
  const found = await sameNameElsewhere(db, actor, { caseId, name: subjectOf(file.cards)?.name ?? '' })
  await record(db, actor, { kind: 'case.searched', detail: { found: found.length } })
  if (found.length === 0) return c.redirect(next, 303)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('people.same-name.title')}
      lead={t('people.same-name.lead')}
    >
      <DenseList
        items={found.map((each) => ({
          href: casePath('case', each.caseId),
          title: each.name,
          meta: t(`people.role.${each.role}`),
        }))}
        empty={t('people.search.nothing')}
      />
      <p class="govuk-body app-measure">{t('people.same-name.same')}</p>
      <ButtonGroup>
        <Button href={next}>{t('people.same-name.go-on')}</Button>
        <a class="govuk-link" href={casePath('closing', caseId)}>
          {t('people.same-name.end')}
        </a>
      </ButtonGroup>
    </TaskFrame>,
  )
})
