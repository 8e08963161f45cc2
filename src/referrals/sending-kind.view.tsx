import { Details, InsetText } from '#platform/ui'
import {
  type KeptRelease,
  kindOfRelease,
  kindsFor,
  type ReleaseKindId,
  releasePath,
  roleOf,
  type Screen,
  type StoredRelease,
} from '#releases'

import type { Desk } from './sending.actions.ts'

/** The kinds of permission that can be made of this draft. */
export function kindsOn(
  desk: Pick<Desk, 'context'>,
  { release }: Pick<KeptRelease, 'release'>,
): readonly ReleaseKindId[] {
  const [from, to] = [roleOf(release.discloser.sector), roleOf(release.recipient.sector)]
  return kindsFor({ pack: release.pack, from, to, law: desk.context.rules.law })
}

/** Which kind of permission this is, and the others that can be made here: each is a page of its own, so no script is needed. */
export function KindChoice(p: {
  readonly screen: Screen
  readonly desk: Desk
  readonly kept: KeptRelease
  readonly stored: StoredRelease | null
}) {
  const { t } = p.screen
  const now = kindOfRelease(p.kept.release)
  const others = kindsOn(p.desk, p.kept).filter((kind) => kind !== now)
  return (
    <>
      {now === 'general' ? null : (
        <InsetText>
          <strong>{t(`releases.kind.${now}.name`)}.</strong> {t(`releases.kind.${now}.hint`)}
        </InsetText>
      )}
      <Details summary={t('releases.kind.other')}>
        <ul class="govuk-list govuk-list--spaced">
          {others.map((kind) => (
            <li>
              <a class="govuk-link" href={addressOf(p, kind)}>
                {t(`releases.kind.${kind}.name`)}
              </a>
              <br />
              <span class="app-muted">{t(`releases.kind.${kind}.hint`)}</span>
            </li>
          ))}
        </ul>
      </Details>
    </>
  )
}

function addressOf(
  {
    desk,
    kept,
    stored,
  }: { readonly desk: Desk; readonly kept: KeptRelease; readonly stored: StoredRelease | null },
  kind: ReleaseKindId,
): string {
  if (stored !== null) return `${releasePath('draft', desk.file.caseId, stored.id)}?kind=${kind}`
  const ways = new URLSearchParams({ service: kept.service.id ?? '', kind })
  if (kept.ask !== null) ways.set('ask', kept.ask)
  if (kept.renews !== null) ways.set('renew', kept.renews.release)
  return `/cases/${desk.file.caseId}/referrals/new?${ways.toString()}`
}
