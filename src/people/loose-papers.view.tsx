import type { Words } from '#platform/i18n'
import { Checkboxes } from '#platform/ui'

import type { LoosePaper } from './loose-papers.ts'

/** Every paper without a case, to be read and ticked. Nothing is ticked beforehand, and that all were read is an answer of its own. */
export function PickPapers(p: {
  readonly t: Words
  readonly papers: readonly LoosePaper[]
  readonly ticked: readonly string[]
  readonly read: boolean
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t, papers } = p
  if (papers.length === 0) return null
  return (
    <>
      <Checkboxes
        name="papers"
        legend={t('people.erase.papers')}
        legendSize="m"
        hint={t('people.erase.papers-hint')}
        values={p.ticked}
        error={p.errors['papers']}
        small
        items={papers.map((paper) => ({
          value: paper.id,
          text: paper.named ? t('people.erase.paper-named', { title: paper.title }) : paper.title,
          hint: paper.text,
        }))}
      />
      {papers.map((paper) => (
        <input type="hidden" name="shown" value={paper.id} />
      ))}
      <Checkboxes
        name="read"
        legend={t('people.erase.read-legend')}
        values={p.read ? ['yes'] : []}
        error={p.errors['read']}
        small
        items={[{ value: 'yes', text: t('people.erase.read', { count: papers.length }) }]}
      />
    </>
  )
}
