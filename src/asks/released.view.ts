import { openOutgoing, sentInCase } from '#envelopes'
import { otherAgencies } from '#parties'
import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { Letter, letterRows } from '#referrals'
import { databaseNow, releaseOf, type StoredRelease } from '#releases'

import type { Disclosure } from './disclosure.ts'

const most = 1000

/** What went in envelopes: under a permission with its purpose, or as the agency's own question or answer. */
export async function releasedDisclosures(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly Disclosure[]> {
  const now = await databaseNow(db)
  const names = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  const found: Disclosure[] = []
  for (const row of await sentInCase(db, actor.partyId, file.caseId, most)) {
    // A referral without a permission went on another ground: that ground tells of it.
    if (row.kind === 'request' && row.release_id === null) continue
    const opened = await openOutgoing(db, actor, row.id)
    const letter = 'refused' in opened ? null : Letter.safeParse(opened.body)
    const told = letter?.success === true ? titlesOf(t, letter.data) : []
    const release = row.release_id === null ? null : await releaseOf(db, file.key, row.release_id)
    found.push({
      at: row.sent_at,
      to: names.get(row.to_party) ?? t('asks.account.an-agency'),
      what: told.length === 0 ? [t(`envelopes.kind.${row.kind}`)] : told,
      ground: groundText(t, row.release_id, release),
      endsAt: row.ends_at,
      opens: row.state === 'sent' && (row.ends_at === null || row.ends_at.getTime() > now.getTime()),
    })
  }
  return found
}

/** What a letter told: of a referral, what the release listed; of any other, its lines. */
function titlesOf(t: Words, letter: Letter): readonly string[] {
  if (letter.about !== 'request') return letterRows(t, letter).map((each) => each.key)
  const contact = letter.safeContact.length === 0 ? [] : [t('referrals.letter.safe-contact')]
  return [...new Set([...letter.items.map((item) => item.title), ...contact])]
}

function groundText(t: Words, releaseId: string | null, release: StoredRelease | null): string {
  if (releaseId === null) return t('asks.account.ground-own')
  if (release === null) return t('asks.account.ground-gone')
  return t('asks.account.ground-release', { purpose: release.kept.release.purpose })
}
