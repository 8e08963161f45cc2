import { Hono } from 'hono'

import { openFile } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { DenseList } from '#platform/ui'
import { databaseNow, rulesFor } from '#releases'

import { GroundFrame } from './frame.view.tsx'
import { groundsIn } from './ground.actions.ts'
import { groundLine } from './line.view.tsx'
import { injuryOffered } from './injury.rules.ts'
import { groundPath, paths } from './paths.ts'

export const listPage = new Hono<MemberEnv>()

/** *Shared on other grounds*: everything that left, or may leave, without the person's permission, and whether they were told. */
listPage.get(paths.list, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const grounds = await groundsIn(db, file.key)
  const now = await databaseNow(db)
  const injury = injuryOffered(rulesFor(actor), actor.sector)
  const begins = injury
    ? (['danger', 'report', 'injury', 'court'] as const)
    : (['danger', 'report', 'court'] as const)
  return c.html(
    <GroundFrame
      screen={c.var}
      file={file}
      title={t('grounds.list.title')}
      back={{ href: `/cases/${file.caseId}`, text: t('releases.back-to-case') }}
    >
      <p class="govuk-body">{t('grounds.list.lead')}</p>
      <DenseList
        items={grounds.map((ground) => groundLine(t, file.caseId, ground, now))}
        empty={t('grounds.list.none')}
      />
      {mayDo(actor.roles, 'case:write') ? (
        <ul class="govuk-list">
          {begins.map((kind) => (
            <li>
              <a class="govuk-link" href={groundPath(kind, file.caseId)}>
                {t(`grounds.${kind}.new`)}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </GroundFrame>,
  )
})
