import { casePath, colleaguesOf, onHold } from '#people'
import { mayDo } from '#platform/access'
import type { Words } from '#platform/i18n'

import { mostOpen } from './entry.actions.ts'
import { entriesOf } from './entry.store.ts'
import { whenText } from './entry.view.tsx'
import { handingsOf } from './handing.store.ts'
import type { OpenSource, OpenThing } from './open-thing.ts'
import { diaryPath } from './paths.ts'

/** Everything that is still open in a case: steps and appointments, a handing, a legal hold, and what the other rooms bring. */
export function openOf(sources: readonly OpenSource[]): OpenSource {
  return async (db, actor, t, file) => {
    const found: OpenThing[] = []
    for (const entry of await entriesOf(db, file.key, 'open', mostOpen))
      found.push({
        text: t(`diary.open.${entry.body.kind}`, { words: entry.body.words, when: whenText(t, entry) }),
        href: diaryPath('entry', file.caseId, entry.id),
      })
    const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
    for (const handing of await handingsOf(db, file.key))
      if (handing.state === 'offered')
        found.push({
          text: t('diary.open.handing', { name: names.get(handing.toId) ?? t('people.notes.gone') }),
          href: diaryPath('handing', file.caseId),
        })
    if (await onHold(db, file.key.partyId, file.caseId))
      found.push({
        text: t('diary.open.hold'),
        href: mayDo(actor.roles, 'case:keep') ? casePath('legalHold', file.caseId) : null,
      })
    for (const source of sources) found.push(...(await source(db, actor, t, file)))
    return found
  }
}

/** What is still open, as a list of links. */
export function OpenList({ t, things }: { readonly t: Words; readonly things: readonly OpenThing[] }) {
  if (things.length === 0) return <p class="govuk-body">{t('diary.open.nothing')}</p>
  return (
    <ul class="govuk-list govuk-list--bullet">
      {things.map((thing) => (
        <li>
          {thing.href === null ? (
            thing.text
          ) : (
            <a class="govuk-link" href={thing.href}>
              {thing.text}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
