import { AboutText } from '#language'
import type { Words } from '#platform/i18n'
import { Button, Input, InsetText } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { casePath } from './paths.ts'
import { overrideNow, waitsForYes } from './safe-contact.rules.ts'
import type { ContactWay, SafeContact } from './safe-contact.ts'

interface Part {
  readonly t: Words
  readonly file: CaseFile
}

/** What may be said aloud, beside the button that leads to the number. */
export function Aloud({ t, contact }: { readonly t: Words; readonly contact: SafeContact | null }) {
  const name = contact?.nameSafeToSay ?? null
  return (
    <p class="govuk-body">
      <strong>
        {name === null ? t('people.contact-now.aloud-none') : t('people.contact-now.aloud', { name })}
      </strong>
    </p>
  )
}

/** Two people and a reason: the first of them asks here. */
export function AskColleague({
  t,
  file,
  way,
  error,
}: Part & { readonly way: ContactWay; readonly error?: string | undefined }) {
  return (
    <form method="post" action={casePath('contactNow', file.caseId)} novalidate>
      <h2 class="govuk-heading-m">{t('people.contact-now.override-title')}</h2>
      <p class="govuk-body">{t('people.contact-now.override-lead')}</p>
      <input type="hidden" name="way" value={way.id} />
      <AboutText t={t} name="reason" label={t('people.contact-now.override-reason')} rows={2} error={error} />
      <Button name="act" value="ask" variant="secondary">
        {t('people.contact-now.override-ask')}
      </Button>
    </form>
  )
}

/** What was asked of a second person, and whether they agreed. */
export function Pending({
  t,
  file,
  me,
  asker,
}: Part & { readonly me: string; readonly asker: string | undefined }) {
  const override = file.contact?.override ?? null
  if (file.contact === null || override === null) return null
  if (override.second !== null && override.agreedAt !== null) {
    if (overrideNow(file.contact, override.wayId, new Date()) === null) return null
    const until = new Date(Date.parse(override.agreedAt) + 3_600_000)
    return <InsetText>{t('people.contact-now.override-holds', { when: t.time(until) })}</InsetText>
  }
  if (waitsForYes(file.contact, new Date()) === null) return null
  if (override.by === me) return <InsetText>{t('people.contact-now.override-mine')}</InsetText>
  const way = file.contact.ways.find((each) => each.id === override.wayId)
  return (
    <InsetText>
      <p class="govuk-body">
        {t('people.contact-now.override-waits', {
          who: asker ?? t('people.notes.gone'),
          when: t.time(new Date(override.askedAt)),
          name: way === undefined ? '' : t(`people.contact.channel.${way.channel}`),
          reason: override.reason,
        })}
      </p>
      <form method="post" action={casePath('contactNow', file.caseId)}>
        <input type="hidden" name="way" value={override.wayId} />
        <input type="hidden" name="askedAt" value={override.askedAt} />
        <Button name="act" value="agree" variant="secondary">
          {t('people.contact-now.override-agree')}
        </Button>
      </form>
    </InsetText>
  )
}

/** Whether the word that was tried is the one agreed. */
export function Said({ t, said }: { readonly t: Words; readonly said: boolean | undefined }) {
  if (said === undefined) return null
  return <InsetText>{t(said ? 'people.contact-now.word-right' : 'people.contact-now.word-wrong')}</InsetText>
}

/** Trying the word that somebody said; nobody can read the one that was agreed. The answer comes without the number. */
export function CodeWord({ t, file, way }: Part & { readonly way: ContactWay }) {
  if (!file.contact?.codeWord) return <InsetText>{t('people.contact-now.word-elsewhere')}</InsetText>
  return (
    <form method="post" action={casePath('contactNow', file.caseId)} novalidate>
      <input type="hidden" name="way" value={way.id} />
      <Input
        name="word"
        label={t('people.contact-now.word')}
        hint={t('people.contact-now.word-legend')}
        value=""
        width={20}
        autocomplete="off"
      />
      <Button name="act" value="word" variant="secondary">
        {t('people.contact-now.word-go')}
      </Button>
    </form>
  )
}
