import { Hono } from 'hono'

import { colleaguesOf, openFile, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound, pageOf } from '#platform/http'
import { DenseList, Pagination } from '#platform/ui'

import { countFilled, filledIn } from './answer.store.ts'
import { filledItem } from './filled-item.view.ts'
import { formsOf } from './form.store.ts'
import { casesFormPath, paths } from './paths.ts'

const perPage = 25

export const caseFormsPage = new Hono<MemberEnv>()

/** The forms of a case: what was filled in, and what can be. */
caseFormsPage.get(paths.ofCase, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const page = pageOf(c.req.query('page'))
  const before = pageOf(c.req.query('filled'))
  const asked = { fillable: true, limit: perPage, offset: (page - 1) * perPage }
  const { forms, total } = await formsOf(db, actor, asked)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const filled = await filledIn(db, file.key, { limit: perPage, offset: (before - 1) * perPage })
  const pages = Math.ceil((await countFilled(db, file.key)) / perPage)
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('intake.case.title')} lead={t('intake.case.lead')}>
      {mayDo(actor.roles, 'case:write') ? (
        <section>
          <h2 class="govuk-heading-m">{t('intake.case.fill')}</h2>
          <DenseList
            items={forms.map((form) => ({
              href: casesFormPath('fill', file.caseId, form.id),
              title: form.body.title,
              meta: form.body.purpose,
            }))}
            empty={t('intake.case.none')}
          />
          <Pagination
            page={page}
            pages={Math.ceil(total / perPage)}
            href={(n) => `${casesFormPath('ofCase', file.caseId)}?page=${n}`}
          />
        </section>
      ) : null}
      <section>
        <h2 class="govuk-heading-m">{t('intake.case.filled')}</h2>
        <DenseList
          items={filled.map((each) => filledItem(t, file.caseId, each, names))}
          empty={t('intake.case.empty')}
        />
        <Pagination
          page={before}
          pages={pages}
          href={(n) => `${casesFormPath('ofCase', file.caseId)}?filled=${n}`}
        />
      </section>
    </TaskFrame>,
  )
})
