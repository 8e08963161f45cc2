import type { Words } from '#platform/i18n'
import { type Content, SummaryList, type TimelineItem } from '#platform/ui'
import type { Change, ChangedField } from './change.ts'
import { listDifference } from './change.rules.ts'
import { setHereText } from './set-here.view.tsx'
import { codeText, languageText, serviceNeeds, statusText } from './service.view.ts'

/** One line of an entry's history. `names` are the colleagues of the reader's own agency; nobody else has a name here. */
export function changeItem(
  t: Words,
  change: Change,
  reader: { readonly partyId: string; readonly names: ReadonlyMap<string, string> },
): TimelineItem {
  return {
    when: t.dateTime(change.at),
    machineTime: new Date(change.at).toISOString(),
    what: whatText(t, change.what),
    who: whoText(t, change, reader),
    more: <More t={t} change={change} />,
  }
}

function whatText(t: Words, what: string): string {
  const key = `directory.history.what.${what}`
  return t.has(key) ? t(key) : t('directory.history.what.other')
}

function whoText(
  t: Words,
  change: Change,
  reader: { readonly partyId: string; readonly names: ReadonlyMap<string, string> },
): string {
  if (change.via === 'import') return t('directory.history.by-import')
  const name =
    change.byParty === reader.partyId
      ? (reader.names.get(change.byAccount ?? '') ?? t('directory.history.somebody'))
      : null
  const who =
    name === null ? change.byAgency : t('directory.history.by-colleague', { name, agency: change.byAgency })
  return change.via === 'link' ? t('directory.history.by-link', { who }) : who
}

function More({ t, change }: { readonly t: Words; readonly change: Change }): Content {
  const { fields, why } = change
  return (
    <>
      {why === '' ? null : <p class="govuk-body-s">{t('directory.history.why', { why })}</p>}
      {fields.length === 0 ? null : <FieldChanges t={t} fields={fields} sides={historySides(t)} />}
    </>
  )
}

/** What the two sides of a change are called. */
interface Sides {
  readonly before: string
  readonly now: string
}

/** Each field with what it was and what it is; without `sides` what is, for something that was not there. */
export function FieldChanges({
  t,
  fields,
  sides,
}: {
  readonly t: Words
  readonly fields: readonly ChangedField[]
  readonly sides: Sides | null
}) {
  return (
    <SummaryList
      compact
      rows={fields.map((field) => ({
        key: fieldText(t, field.field),
        value:
          sides === null ? (
            textsOf(t, field.field, field.after).join('; ')
          ) : (
            <Difference t={t} of={field} sides={sides} />
          ),
      }))}
    />
  )
}

/** What went and what came, marked so that neither colour nor a line alone tells them apart. */
function Difference({
  t,
  of,
  sides,
}: {
  readonly t: Words
  readonly of: ChangedField
  readonly sides: Sides
}): Content {
  if (of.before === undefined && of.after === undefined) return t('directory.history.not-told')
  const { gone, come } = listDifference(textsOf(t, of.field, of.before), textsOf(t, of.field, of.after))
  return (
    <>
      {sides.before} <del>{gone.join('; ') || t('directory.history.nothing')}</del>
      <br />
      {sides.now} <ins>{come.join('; ') || t('directory.history.nothing')}</ins>
    </>
  )
}

function historySides(t: Words): Sides {
  return { before: t('directory.history.before'), now: t('directory.history.now') }
}

function fieldText(t: Words, field: string): string {
  const key = `directory.history.field.${field.replaceAll('_', '-')}`
  if (t.has(key)) return t(key)
  const plain = field.replaceAll(/[_-]/g, ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

function textsOf(t: Words, field: string, value: unknown): readonly string[] {
  if (value === null || value === undefined || value === '') return []
  return [value].flat().map((each: unknown) => textOf(t, field, each))
}

function textOf(t: Words, field: string, value: unknown): string {
  if (field === 'set_here') return setHereText(t, String(value))
  if (typeof value === 'boolean') return t(value ? 'directory.service.yes' : 'directory.service.no')
  if (typeof value === 'number') return t.number(value)
  if (typeof value !== 'string') return partsOf(t, value)
  if (field === 'needs' || field === 'after_needs') return serviceNeeds([value])[0] ?? value
  if (field === 'languages') return languageText(t, value)
  if (field === 'status') return statusText(t, value)
  if (field === 'capacity_state') return t(`directory.capacity.choose-${value}`)
  if (isDay(value)) return t.date(value)
  const group = groups[field]
  return group === undefined ? value : codeText(t, group, value)
}

/** A telephone or another small record: what stands in it, one after the other. */
function partsOf(t: Words, value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  return Object.values(value)
    .filter((part) => (typeof part === 'string' && part !== '') || typeof part === 'number')
    .map((part) => (typeof part === 'string' && isDay(part) ? t.date(part) : part))
    .join(' ')
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

const groups: Readonly<Record<string, string>> = {
  led_by: 'led-by',
  worker_gender: 'gender',
  models: 'model',
  cost: 'cost',
}
