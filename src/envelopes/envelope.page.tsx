import { Hono } from 'hono'

import { otherAgencies } from '#parties'
import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Details, ForOurRecord, InsetText, SummaryList, Lines } from '#platform/ui'
import {
  CaseFrame,
  databaseNow,
  nameToUse,
  releaseOf,
  releasePath,
  standingOf,
  StandingTag,
  standingText,
  type StoredRelease,
} from '#releases'

import { OpensTag, stillOpens } from './crossed.page.tsx'
import { sentInCase } from './envelope.store.ts'
import { openOutgoing } from './open.actions.ts'
import { paths, sharedPath } from './paths.ts'

interface LetterRow {
  readonly key: string
  readonly value: string
}

/** What a letter says, line by line; the room that writes letters gives it. Null: not a letter it knows. */
export type LetterRows = (t: Words, body: unknown) => readonly LetterRow[] | null

/** One envelope as it was sent: its words, to whom, under which permission, and what they see of it now. */
export function envelopePage(rowsOf: LetterRows): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.envelope, needs('case:read'), async (c) => {
    const { db, actor, t } = c.var
    const file = await openFile(db, actor, c.req.param('id'))
    const sent = file === null ? [] : await sentInCase(db, actor.partyId, file.caseId, 1000)
    const row = sent.find((each) => each.id === c.req.param('envelope'))
    if (file === null || row === undefined) return notFound(c)
    const opened = await openOutgoing(db, actor, row.id)
    if ('refused' in opened) return notFound(c)
    const now = await databaseNow(db)
    const agency = (await otherAgencies(db, actor.partyId)).find((each) => each.partyId === row.to_party)
    const to = agency?.name ?? t('envelopes.an-agency')
    const release = row.release_id === null ? null : await releaseOf(db, file.key, row.release_id)
    const rows = rowsOf(t, opened.body) ?? []
    const title = t('envelopes.shared.line', { what: t(`envelopes.kind.${row.kind}`), to })
    const opens = stillOpens(row, now)
    return c.html(
      <CaseFrame
        screen={c.var}
        caseId={file.caseId}
        name={nameToUse(file)}
        title={title}
        back={{ href: sharedPath('shared', file.caseId), text: t('envelopes.shared.title') }}
      >
        <SummaryList
          compact
          rows={[
            { key: t('envelopes.one.sent'), value: t.dateTime(row.sent_at) },
            { key: t('envelopes.one.state'), value: <OpensTag t={t} opens={opens} /> },
            ...(release === null ? [] : [underRow(t, file.caseId, release, now)]),
          ]}
        />
        <h2 class="govuk-heading-m">{t('envelopes.one.words')}</h2>
        <SummaryList rows={rows.map((each) => ({ key: each.key, value: <Lines text={each.value} /> }))} />
        {opens ? null : <InsetText>{t('envelopes.one.ended', { to })}</InsetText>}
        <Details summary={t('envelopes.one.what-they-see')}>
          {t(opens ? 'envelopes.one.they-see.sent' : 'envelopes.one.they-see.ended', { to })}
        </Details>
        <ForOurRecord t={t} text={recordText(`${title}, ${t.dateTime(opened.sentAt)}`, rows)} />
      </CaseFrame>,
    )
  })
  return page
}

function underRow(t: Words, caseId: string, release: StoredRelease, now: Date) {
  const standing = standingOf(release, now)
  const to = release.kept.release.recipient.agency
  return {
    key: t('envelopes.one.under'),
    value: (
      <>
        <a class="govuk-link" href={releasePath('one', caseId, release.id)}>
          {t('releases.one.title', { to })}
        </a>{' '}
        <StandingTag t={t} standing={standing} /> {standingText(t, release, standing)}
      </>
    ),
  }
}

function recordText(title: string, rows: readonly LetterRow[]): string {
  return [title, ...rows.map((row) => `${row.key}: ${row.value}`)].join('\n')
}
