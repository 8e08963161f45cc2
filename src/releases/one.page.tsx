import { Hono } from 'hono'

import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, Details, ForOurRecord, InsetText, SummaryList, Lines } from '#platform/ui'

import { FrameAgreed, ItemsAgreed, recipientText, RecipientWarning } from './agreed.view.tsx'
import { CaseFrame } from './frame.view.tsx'
import { nameToUse } from './held-items.view.ts'
import { itemWords, type StoredRelease } from './kept-release.ts'
import { paths, releasePath } from './paths.ts'
import { databaseNow, releaseOf } from './release.store.ts'
import { standingOf, waitsForDeath } from './standing.rules.ts'
import { StandingTag, standingText } from './standing.view.tsx'

export const onePage = new Hono<MemberEnv>()

/** One permission as it was agreed, who signed it, and what can be done with it. */
onePage.get(paths.one, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release'))
  if (file === null || stored === null) return notFound(c)
  const { kept } = stored
  const standing = standingOf(stored, await databaseNow(db))
  const to = (page: 'withdraw' | 'copy') => releasePath(page, file.caseId, stored.id)
  const again = `/cases/${file.caseId}/referrals/new?service=${kept.service.id ?? ''}&renew=${stored.id}`
  const renew = releasePath('renew', file.caseId, stored.id)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.one.title', { to: kept.release.recipient.agency })}
      back={{ href: releasePath('list', file.caseId), text: t('releases.list.title') }}
    >
      <p class="govuk-body">
        <StandingTag t={t} standing={standing} /> {standingText(t, stored, standing)}
      </p>
      {standing === 'active' || standing === 'suspended' || standing === 'not-yet' ? (
        <ButtonGroup>
          <Button href={to('withdraw')} variant="warning">
            {t('releases.one.withdraw')}
          </Button>
          {kept.service.id === null ? null : (
            <Button href={standing === 'suspended' ? again : renew} variant="secondary">
              {t(standing === 'suspended' ? 'releases.one.confirm-again' : 'releases.one.renew')}
            </Button>
          )}
        </ButtonGroup>
      ) : null}
      {standing === 'expired' && kept.service.id !== null ? (
        <Button href={renew} variant="secondary">
          {t('releases.one.renew')}
        </Button>
      ) : null}
      {waitsForDeath(stored) && standing === 'active' ? (
        <InsetText>
          <p class="govuk-body">{t('releases.after-death.waits')}</p>
          <a class="govuk-link" href={releasePath('afterDeath', file.caseId, stored.id)}>
            {t('releases.after-death.link')}
          </a>
        </InsetText>
      ) : null}
      <FrameAgreed t={t} kept={kept} />
      <h2 class="govuk-heading-m">{t('releases.one.items')}</h2>
      <ItemsAgreed t={t} kept={kept} />
      <SignedRows t={t} stored={stored} />
      <Details summary={t('releases.one.what-was-read')}>
        <RecipientWarning t={t} kept={kept} />
      </Details>
      <p class="govuk-body">
        <a class="govuk-link" href={to('copy')}>
          {t('releases.one.copy')}
        </a>
      </p>
      <ForOurRecord t={t} text={releaseRecord(t, stored, standingText(t, stored, standing))} />
    </CaseFrame>,
  )
})

function SignedRows({ t, stored }: { readonly t: Words; readonly stored: StoredRelease }) {
  const { release } = stored.kept
  const rows = [
    ...release.signatures.map((each) => ({
      key: t(`releases.one.signed.${each.as}`),
      value: t('releases.one.signed-on', { name: each.typedName, date: t.dateTime(each.at) }),
    })),
    {
      key: t('releases.one.copy-key'),
      value: release.copy === null ? t('releases.one.not-said') : t(`releases.turn.copies.${release.copy}`),
    },
    ...signedRows(t, stored),
    { key: t('releases.one.worker'), value: release.worker.name },
    { key: t('releases.one.rules'), value: release.rulesVersion },
  ]
  return <SummaryList rows={rows} compact />
}

/** How it was signed, what the person took away first, and which words were read out. */
function signedRows(t: Words, { kept }: StoredRelease) {
  const { signed, release, death } = kept
  if (signed === null || signed === undefined) return []
  const { spoken, struck } = signed
  return [
    { key: t('releases.one.way'), value: t(`releases.one.ways.${signed.way}`) },
    { key: t('releases.one.identity'), value: t(`releases.apart.identities.${release.identity}`) },
    ...(death === null || death === undefined
      ? []
      : [
          {
            key: t('releases.after-death.went'),
            value: t('releases.after-death.by', {
              by: death.by,
              date: t.dateTime(death.at),
              known: death.known,
            }),
          },
        ]),
    ...(struck.length === 0 ? [] : [{ key: t('releases.one.struck'), value: t.list(struck) }]),
    ...(spoken === null
      ? []
      : [
          {
            key: t('releases.spoken.kept'),
            value: (
              <>
                <p class="govuk-hint">
                  {t('releases.spoken.by', {
                    who: spoken.readBy,
                    heard: spoken.heardBy?.name ?? '',
                    rule: spoken.rule,
                  })}
                </p>
                <Lines text={spoken.script} />
              </>
            ),
          },
        ]),
  ]
}

/** A release as one block to paste: what, to whom, why, until when, signed by whom. */
export function releaseRecord(t: Words, { kept }: StoredRelease, standing: string): string {
  const { release } = kept
  return [
    t('releases.record.title', { to: recipientText(t, kept) }),
    t('releases.record.purpose', { purpose: release.purpose }),
    ...release.items.map((item) => `- ${item.title}: ${itemWords(kept, item)?.text ?? ''}`),
    t('releases.record.until', { date: t.dateTime(release.endsAt) }),
    t('releases.record.comes-back', { what: t(`releases.comes-back.${release.mayComeBack}`) }),
    ...release.signatures.map((each) =>
      t('releases.record.signed', { name: each.typedName, date: t.dateTime(each.at) }),
    ),
    t('releases.record.worker', { name: release.worker.name }),
    standing,
  ].join('\n')
}
