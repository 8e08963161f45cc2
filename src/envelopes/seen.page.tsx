import { Hono } from 'hono'

import { groupLines, groupWhen, type LineNames, otherAgencies } from '#parties'
import { colleaguesOf, openFile } from '#people'
import { caseKeys, clientNames } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { readLines } from '#platform/ledger'
import { Button, ForOurRecord, InsetText, Timeline } from '#platform/ui'
import { CaseFrame, nameToUse } from '#releases'

import { paths, sharedPath } from './paths.ts'

const perPage = 60
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const seenPage = new Hono<MemberEnv>()

/** *Who has seen it*: every look, change and crossing of a case on our side, in plain words. */
seenPage.get(paths.seen, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const asked = c.req.query('before') ?? ''
  const before = uuid.test(asked) ? { before: asked } : {}
  const ask = { caseId: file.caseId, ...before, limit: perPage + 1 }
  const lines = await readLines(db, actor, ask, (ids) => caseKeys(db, actor, ids))
  const names: LineNames = {
    people: new Map([
      ...(await clientNames(db, actor)),
      ...(await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name] as const),
    ]),
    agencies: new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name])),
  }
  const shown = lines.slice(0, perPage)
  const last = shown.at(-1)
  const items = groupLines(t, shown, names).map((group) => ({
    when: groupWhen(t, group),
    machineTime: group.newest.toISOString(),
    what: group.what,
    who: group.who,
  }))
  const record = items.map((item) => `${item.when}: ${item.what} ${item.who}`.trim()).join('\n')
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('envelopes.seen.title')}
      back={{ href: sharedPath('shared', file.caseId), text: t('envelopes.shared.title') }}
    >
      <p class="govuk-body">{t('envelopes.seen.lead')}</p>
      <InsetText>{t('envelopes.seen.limits')}</InsetText>
      <Timeline items={items} />
      {lines.length > perPage && last !== undefined ? (
        <Button href={`${sharedPath('seen', file.caseId)}?before=${last.id}`} variant="secondary">
          {t('parties.ledger.older')}
        </Button>
      ) : null}
      <ForOurRecord t={t} text={record} />
    </CaseFrame>,
  )
})
