import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { filledIn } from './answer.store.ts'
import type { FilledForm } from './answer.ts'
import { answeredBefore, type EarlierAnswers, saidInCase, type FilledBefore } from './earlier.rules.ts'
import type { FormVersion } from './form.ts'
import { versionOf } from './form.store.ts'

/** How many forms of a case are read for what was answered before. */
const formsRead = 30

/**
 * What was answered before in this case to the questions of a form, for those that have no answer yet: in forms that were begun
 * earlier and in the case's own details, whichever is newer. No other case is ever read: another file is another person's.
 */
export async function earlierAnswers(
  db: Tx,
  actor: Actor,
  at: { readonly file: CaseFile; readonly version: FormVersion; readonly filled: FilledForm | null },
  timeZone: string,
): Promise<EarlierAnswers> {
  const { file, version, filled } = at
  const versions = new Map<string, FormVersion | null>()
  const before: FilledBefore[] = []
  for (const each of await filledIn(db, file.key, { limit: formsRead, offset: 0 })) {
    if (each.id === filled?.id || (filled !== null && each.startedAt >= filled.startedAt)) continue
    const name = `${each.formId} ${each.formVersion}`
    const asked = versions.get(name) ?? (await versionOf(db, actor, each.formId, each.formVersion))
    versions.set(name, asked)
    if (asked === null) continue
    before.push({ formId: each.formId, body: asked.body, filled: each, on: dayOf(each.updatedAt, timeZone) })
  }
  const found = new Map(answeredBefore({ formId: version.formId, body: version.body }, before))
  for (const [id, said] of saidInCase(version.body, file)) {
    const form = found.get(id)
    if (form === undefined || form.from.on <= said.from.on) found.set(id, said)
  }
  return new Map([...found].filter(([id]) => filled?.answers.has(id) !== true))
}

function dayOf(at: Date, timeZone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime())
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
