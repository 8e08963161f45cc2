import type { Words } from '#platform/i18n'
import { Checkboxes, Details, Input } from '#platform/ui'

import { type Card, recordedRoles } from './card.ts'

/** What the form of a card says of where somebody is recorded. */
export interface RecordedTyped {
  readonly recordedAs: readonly string[]
  readonly recordedWhere: string
  readonly recordedChanged: boolean
}

/** What a card keeps of it, as the form shows it. */
export function recordedTyped(card: Pick<Card, 'recorded'> | null): RecordedTyped {
  const { as = [], where = '', changed = false } = card?.recorded ?? {}
  return { recordedAs: as, recordedWhere: where, recordedChanged: changed }
}

/** Whether somebody stands in a record as carer, next of kin or the like: asked about everybody, told where they cause harm. */
export function RecordedFields(p: {
  readonly t: Words
  readonly form: RecordedTyped
  readonly open: boolean
}) {
  const { t, form } = p
  return (
    <Details
      summary={t('people.card.recorded-summary')}
      open={p.open || form.recordedAs.length > 0 || form.recordedWhere !== ''}
    >
      <Checkboxes
        name="recordedAs"
        legend={t('people.card.recorded')}
        hint={t('people.card.recorded-hint')}
        small
        items={recordedRoles.map((role) => ({ value: role, text: t(`people.card.recorded-${role}`) }))}
        values={form.recordedAs}
      />
      <Input
        name="recordedWhere"
        label={t('people.card.recorded-where')}
        hint={t('people.card.recorded-where-hint')}
        value={form.recordedWhere}
      />
      <Checkboxes
        name="recordedChanged"
        legend={t('people.card.recorded-done')}
        legendHidden
        small
        items={[{ value: 'yes', text: t('people.card.recorded-changed') }]}
        values={form.recordedChanged ? ['yes'] : []}
      />
    </Details>
  )
}

/** What somebody is recorded as, in a few words; empty where nothing is known. */
export function recordedText(t: Words, card: Pick<Card, 'recorded'>): string {
  const as = card.recorded?.as ?? []
  if (as.length === 0) return ''
  return t('people.card.recorded-line', { as: t.list(as.map((role) => t(`people.card.recorded-${role}`))) })
}
