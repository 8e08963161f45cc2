import { AboutText } from '#language'
import type { Colleague } from '#people'
import { dateOf, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { DateInput, Input, Radios, Select } from '#platform/ui'

import { doerKinds, type EntryKind } from './entry.ts'

interface Props {
  readonly t: Words
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** What is asked of a next step or an appointment before it is planned. */
export function EntryFields(
  p: Props & { readonly kind: EntryKind; readonly workers: readonly Colleague[]; readonly self: string },
) {
  const { t, kind, values, errors } = p
  return (
    <>
      <input type="hidden" name="kind" value={kind} />
      <AboutText
        t={t}
        name="words"
        rows={2}
        label={t(`diary.new.words-${kind}`)}
        hint={t(`diary.new.words-${kind}-hint`)}
        value={textOf(values, 'words')}
        error={errors['words']}
      />
      {kind === 'step' ? <DoerFields {...p} /> : null}
      <Select
        name="owner"
        label={t(`diary.new.owner-${kind}`)}
        hint={kind === 'step' ? t('diary.new.owner-hint') : undefined}
        value={textOf(values, 'owner') || p.self}
        error={errors['owner']}
        items={p.workers.map((each) => ({ value: each.accountId, text: each.name }))}
      />
      <WhenFields {...p} />
      {kind === 'appointment' ? <PlaceFields {...p} /> : null}
    </>
  )
}

function DoerFields({ t, values, errors }: Props) {
  return (
    <Radios
      name="doer"
      legend={t('diary.new.doer')}
      value={textOf(values, 'doer')}
      error={errors['doer']}
      small
      items={doerKinds.map((is) => ({
        value: is,
        text: t(`diary.new.doer-${is}`),
        conditional:
          is === 'agency' ? (
            <Input
              name="agency"
              label={t('diary.new.agency')}
              value={textOf(values, 'agency')}
              error={errors['agency']}
            />
          ) : undefined,
      }))}
    />
  )
}

/** The day, and for an appointment the time and how long. */
export function WhenFields({ t, values, errors, kind }: Props & { readonly kind: EntryKind }) {
  return (
    <>
      <DateInput
        name="due"
        legend={t(`diary.new.due-${kind}`)}
        value={dateOf(values, 'due')}
        error={errors['due']}
      />
      {kind === 'step' ? null : (
        <Input
          name="time"
          type="time"
          label={t('diary.new.time')}
          value={textOf(values, 'time')}
          error={errors['time']}
          width={10}
        />
      )}
    </>
  )
}

function PlaceFields({ t, values, errors }: Props) {
  return (
    <>
      <Input
        name="minutes"
        label={t('diary.new.minutes')}
        value={textOf(values, 'minutes') || '60'}
        error={errors['minutes']}
        inputmode="numeric"
        width={4}
      />
      <Input
        name="place"
        label={t('diary.new.place')}
        hint={t('diary.new.place-hint')}
        value={textOf(values, 'place')}
        error={errors['place']}
      />
      <Input
        name="theirWords"
        label={t('diary.new.their-words')}
        hint={t('diary.new.their-words-hint')}
        value={textOf(values, 'theirWords')}
        error={errors['theirWords']}
      />
    </>
  )
}
