import type { Words } from '#platform/i18n'
import { Details, SummaryList, Tag } from '#platform/ui'
import { fieldsFor, packField } from './law-pack.rules.ts'
import type { LawFieldId, LawPack, LawValue } from './law-pack.ts'
import type { PackId } from './sharing.ts'

/** What the law of a place says, question by question, with where it was read; *not set* shows what counts instead. */
export function LawFields({
  t,
  law,
  country,
}: {
  readonly t: Words
  readonly law: LawPack | null
  readonly country: PackId
}) {
  return (
    <section aria-labelledby="law-fields">
      <h2 class="govuk-heading-m" id="law-fields">
        {law === null ? t('releases.law.no-pack') : t('releases.law.of', { name: law.name })}
      </h2>
      {law === null ? null : (
        <p class="govuk-body">
          {t('releases.law.version', { version: law.version, date: t.date(law.reviewBy) })}
        </p>
      )}
      {fieldsFor(country).map((id) => (
        <LawField t={t} law={law} id={id} />
      ))}
    </section>
  )
}

function LawField({
  t,
  law,
  id,
}: {
  readonly t: Words
  readonly law: LawPack | null
  readonly id: LawFieldId
}) {
  const read = packField(law, id)
  const note = law?.fields[id]?.note
  const value = lawValueText(t, id, read.value)
  const survivors = read.reviewedBySurvivors
  return (
    <div class="app-rule" id={read.row}>
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{t(`releases.law.field.${id}`)}:</strong>{' '}
        {read.isSet ? (
          value
        ) : (
          <>
            <Tag colour="grey">{t('releases.law.not-set')}</Tag> {t('releases.law.counts-as', { value })}
          </>
        )}
      </p>
      <Details summary={t('releases.rules.more', { rule: read.row })}>
        <SummaryList
          compact
          rows={[
            ...(read.citation === null ? [] : [{ key: t('releases.law.citation'), value: read.citation }]),
            ...(note === undefined ? [] : [{ key: t('releases.law.note'), value: note }]),
            { key: t('releases.rules.sources'), value: read.source ?? t('releases.law.no-source') },
            ...(read.owner === null ? [] : [{ key: t('releases.rules.owner'), value: read.owner }]),
            ...(read.reviewedOn === null
              ? []
              : [{ key: t('releases.rules.reviewed'), value: t.date(read.reviewedOn) }]),
            {
              key: t('releases.rules.survivors'),
              value:
                survivors === null || survivors === 'not yet'
                  ? t('releases.rules.not-yet')
                  : t.date(survivors),
            },
          ]}
        />
      </Details>
    </div>
  )
}

const inDays: ReadonlySet<LawFieldId> = new Set(['release-cap-days', 'release-default-days'])

/** A value in words. */
function lawValueText<F extends LawFieldId>(t: Words, id: F, value: LawValue<F>): string {
  const given: LawValue<LawFieldId> = value
  if (typeof given === 'boolean') return t(given ? 'releases.law.yes' : 'releases.law.no')
  if (typeof given === 'string') return t(`releases.law.way.${given}`)
  if (typeof given === 'number') {
    if (inDays.has(id)) return t('releases.rules.days', { count: given })
    if (id === 'report-clock-hours')
      return given === 0 ? t('releases.law.at-once') : t('releases.law.hours', { count: given })
    return t('releases.law.age', { age: given })
  }
  if (Array.isArray(given))
    return given.length === 0
      ? t('releases.law.nobody')
      : t.list(given.map((role) => t(`releases.role.${role}`)))
  if ('months' in given) return timeText(t, given)
  return privilegeText(t, given as LawValue<'advocate-privilege'>)
}

function timeText(t: Words, { months, days }: LawValue<'access-answer-time'>): string {
  const parts = [
    ...(months > 0 ? [t('releases.law.months', { count: months })] : []),
    ...(days > 0 ? [t('releases.rules.days', { count: days })] : []),
  ]
  return parts.length === 0 ? t('releases.law.same-day') : t.list(parts)
}

/** Whom an advocate's privilege covers, in words. */
export function privilegeText(t: Words, given: LawValue<'advocate-privilege'>): string {
  if (!given.protects) return t('releases.law.privilege.none')
  const parts = [
    ...(given.trainingHours > 0
      ? [t('releases.law.privilege.training', { count: given.trainingHours })]
      : []),
    ...(given.certified ? [t('releases.law.privilege.certified')] : []),
    ...(given.ownSupervisor ? [t('releases.law.privilege.supervisor')] : []),
    ...(given.notSupervisedBy.length > 0
      ? [
          t('releases.law.privilege.not-under', {
            who: t.list(given.notSupervisedBy.map((role) => t(`releases.role.${role}`))),
          }),
        ]
      : []),
  ]
  return [t('releases.law.privilege.some'), ...parts].join(' ')
}
