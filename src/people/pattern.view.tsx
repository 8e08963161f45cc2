import { Button, DenseList } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { type Screen, TaskFrame } from './frame.view.tsx'
import { patternPath } from './paths.ts'
import { cardName, doerText, periodText } from './story.view.ts'

/** The whole pattern, in the order of time; each entry leads to where it is changed. */
export function PatternList({ screen, file }: { readonly screen: Screen; readonly file: CaseFile }) {
  const { t } = screen
  const items = file.story.pattern.map((entry) => ({
    href: patternPath(file.caseId, entry.id),
    title: entry.done,
    meta: [
      `${periodText(t, entry)} · ${doerText(t, file, entry)} · ${t(`people.source.${entry.source}`)}`,
      ...entry.effects.map((each) =>
        t('people.pattern.effect-line', { name: cardName(t, file, each.card), words: each.words }),
      ),
    ].map((line) => <div>{line}</div>),
  }))
  return (
    <TaskFrame screen={screen} file={file} title={t('people.pattern.title')} lead={t('people.pattern.lead')}>
      <p class="govuk-body">{t('people.pattern.child-file')}</p>
      <Button href={patternPath(file.caseId, 'new')}>{t('people.pattern.new')}</Button>
      <DenseList items={items} empty={t('people.pattern.empty')} />
    </TaskFrame>
  )
}
