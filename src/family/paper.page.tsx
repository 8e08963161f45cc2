import { Hono } from 'hono'

import { type CaseLock, casePath, fileOf, nameOf, paperAnswer, Refused, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { record } from '#platform/ledger'
import { Button, InsetText, PageHeading, PlainPage } from '#platform/ui'

import { FamilyDiagram, FamilyTable } from './diagram.view.tsx'
import { familyOf } from './family.actions.ts'
import { familyPath, paths } from './paths.ts'

/** The picture on paper: asked a second time, and only where safe contact lets paper be. */
export function paperPage(lock: CaseLock): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.paper, needs('case:read'), async (c) => {
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    const { db, actor, t } = c.var
    const back = { href: familyPath('family', file.caseId), text: t('family.title') }
    const locked = await lock(db, actor, file)
    if (locked !== null) {
      return c.html(
        <TaskFrame screen={c.var} file={file} title={t('family.paper.title')} back={back}>
          <Refused>{t('people.print.locked', { sentence: t(locked.key), rule: locked.rule })}</Refused>
        </TaskFrame>,
        409,
      )
    }
    const paper = paperAnswer(file.contact, new Date())
    if (!paper.may || c.req.query('sure') !== 'paper') {
      return c.html(
        <TaskFrame screen={c.var} file={file} title={t('family.paper.title')} back={back}>
          {paper.may ? (
            <>
              <InsetText>{t('family.paper.keep')}</InsetText>
              <Button href="?sure=paper">{t('people.print.paper')}</Button>
            </>
          ) : (
            <>
              <Refused>{t(paper.key)}</Refused>
              <p class="govuk-body">
                <a class="govuk-link" href={casePath('contact', file.caseId)}>
                  {t('people.contact.title')}
                </a>
              </p>
            </>
          )}
        </TaskFrame>,
      )
    }
    const family = await familyOf(db, actor, file)
    await record(db, actor, { kind: 'export.made', of: file.key, detail: { what: 'print' } })
    return c.html(
      <PlainPage t={t} title={t('people.print.title')} back={back} wide>
        <PageHeading>{nameOf(t, file)}</PageHeading>
        <FamilyDiagram t={t} self={nameOf(t, file)} members={family.members} />
        {family.members.length === 0 ? null : <FamilyTable t={t} members={family.members} />}
      </PlainPage>,
    )
  })
  return page
}
