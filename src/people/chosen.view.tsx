import type { Words } from '#platform/i18n'
import { InsetText } from '#platform/ui'

import type { CaseFile } from './case.ts'
import type { ChosenWorker } from './chosen.ts'
import { chosenWorker, mustGoThrough } from './chosen.rules.ts'
import { casePath } from './paths.ts'

/** Through whom the person is reached, in one sentence; what is not known is left out. */
export function throughSentence(t: Words, worker: ChosenWorker): string {
  const who = worker.agency === '' ? worker.name : `${worker.name}, ${worker.agency}`
  return worker.reach === ''
    ? t('people.chosen.through', { who })
    : t('people.chosen.through-reach', { who, reach: worker.reach })
}

/** What the case says of the chosen worker, line by line. */
export function chosenSentences(
  t: Words,
  file: Pick<CaseFile, 'chosen' | 'danger' | 'cards'>,
): readonly string[] {
  const worker = chosenWorker(file)
  if (worker === null)
    return [t((file.chosen?.now ?? null) === null ? 'people.chosen.nobody' : 'people.chosen.fallen')]
  return [
    throughSentence(t, worker),
    ...(worker.backup === '' ? [] : [t('people.chosen.backup-line', { backup: worker.backup })]),
  ]
}

/** Said wherever somebody is about to be in touch with the person past the worker they chose; nothing for that worker. */
export function ThroughNote(p: {
  readonly t: Words
  readonly file: Pick<CaseFile, 'chosen' | 'danger' | 'cards' | 'caseId'>
  readonly accountId: string
}) {
  const worker = mustGoThrough(p.file, p.accountId)
  if (worker === null) return null
  return (
    <InsetText>
      {throughSentence(p.t, worker)}{' '}
      <a class="govuk-link" href={casePath('chosen', p.file.caseId)}>
        {p.t('people.chosen.title')}
      </a>
    </InsetText>
  )
}
