import { type Context, Hono } from 'hono'

import { casePath, fileOf, nameOf, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DenseList, Details, NotificationBanner } from '#platform/ui'

import { FamilyDiagram, FamilyTable, nameText, sourceText } from './diagram.view.tsx'
import { type Family, familyOf, noticesIn } from './family.actions.ts'
import { unlinkFiles } from './link.actions.ts'
import { Notices } from './notice.view.tsx'
import { familyPath, paths } from './paths.ts'

/** The family as the reader may see it: the picture, who has a file of their own, what is worth a look. */
export const familyPage = new Hono<MemberEnv>()

familyPage.get(paths.family, needs('case:read'), (c) => show(c))

familyPage.post(paths.unlink, needs('case:write'), async (c) => {
  const caseId = c.req.param('id')
  const done = await unlinkFiles(c.var.db, c.var.actor, caseId, c.req.param('link'))
  return 'refused' in done ? notFound(c) : c.redirect(`${familyPath('family', caseId)}?done=unlinked`, 303)
})

const told = ['unlinked', 'linked', 'apart'] as const

async function show(c: Context<MemberEnv>) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const family = await familyOf(db, actor, file)
  const notices = await noticesIn(db, actor, t, family)
  const done = told.find((each) => each === c.req.query('done'))
  const writes = mayDo(actor.roles, 'case:write')
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('family.title')} lead={t('family.lead')}>
      {done === undefined ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t(`family.done.${done}`)}</p>
        </NotificationBanner>
      )}
      <FamilyDiagram t={t} self={nameOf(t, file)} members={family.members} />
      {family.members.length === 0 ? null : <FamilyTable t={t} members={family.members} />}
      <Notices t={t} notices={notices} />
      <OwnFiles t={t} family={family} writes={writes} />
      {writes ? <CardsWithout t={t} family={family} /> : null}
      <Pages t={t} caseId={file.caseId} writes={writes} />
    </TaskFrame>,
  )
}

function OwnFiles({
  t,
  family,
  writes,
}: {
  readonly t: Words
  readonly family: Family
  readonly writes: boolean
}) {
  const { caseId } = family.file
  const linked = family.members.filter((each) => each.caseId !== null)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('family.files')}</h2>
      <DenseList
        empty={t('family.files-empty')}
        items={linked.map((each) => ({
          href: casePath('case', each.caseId ?? ''),
          title: nameText(t, each),
          meta: `${t(`family.relation.${each.relation}`)} · ${sourceText(t, each)}`,
          tag: each.ended ? { text: t('family.ended'), colour: 'grey' } : undefined,
        }))}
      />
      {writes && linked.length > 0 ? (
        <Details summary={t('family.unlink.title')}>
          <p class="govuk-body">{t('family.unlink.lead')}</p>
          {linked.map((each) => (
            <form method="post" action={familyPath('unlink', caseId, each.linkId ?? '')}>
              <Button variant="secondary">{t('family.unlink.go', { name: nameText(t, each) })}</Button>
            </form>
          ))}
        </Details>
      ) : null}
      {writes ? (
        <p class="govuk-body">
          <a class="govuk-link" href={familyPath('link', caseId)}>
            {t('family.link.title')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** Whoever is on a card here and has no file that the reader may see. */
function CardsWithout({ t, family }: { readonly t: Words; readonly family: Family }) {
  const without = family.members.filter((each) => each.caseId === null && each.relation !== 'harm')
  if (without.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('family.own.section')}</h2>
      <DenseList
        empty=""
        items={without.map((each) => ({
          href: familyPath('own', family.file.caseId, each.cardId ?? ''),
          title: t('family.own.give', { name: nameText(t, each) }),
          meta: t(`family.relation.${each.relation}`),
        }))}
      />
    </section>
  )
}

function Pages({
  t,
  caseId,
  writes,
}: {
  readonly t: Words
  readonly caseId: string
  readonly writes: boolean
}) {
  const pages = writes ? (['ownWords', 'support', 'who', 'together', 'paper'] as const) : (['paper'] as const)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('family.pages')}</h2>
      <ul class="govuk-list">
        {pages.map((page) => (
          <li>
            <a class="govuk-link" href={familyPath(page, caseId)}>
              {t(`family.${page}.title`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
