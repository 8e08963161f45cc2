import type { FormValues } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Radios, TextArea } from '#platform/ui'
import type { ServiceDetail } from './service.ts'
import { type SuggestionAbout, suggestionAbouts } from './suggestion.ts'

interface SuggestFieldsProps {
  readonly t: Words
  readonly action: string
  readonly service: ServiceDetail
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** What is wrong, and what would be right: the same questions for a worker and for anybody. */
export function SuggestFields({ t, action, service, values, errors }: SuggestFieldsProps) {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  return (
    <form method="post" action={action} novalidate>
      <Radios
        name="about"
        legend={t('directory.suggest.about')}
        legendSize="m"
        value={text('about')}
        error={errors['about']}
        items={suggestionAbouts
          .filter((about) => about !== 'times' || service.kind !== 'for-people-using-abuse')
          .map((about) => ({ value: about, text: aboutText(t, about) }))}
      />
      <TextArea
        name="words"
        label={t('directory.suggest.words')}
        hint={t('directory.suggest.words-hint')}
        value={text('words')}
        error={errors['words']}
        rows={4}
      />
      <Button>{t('directory.suggest.send')}</Button>
    </form>
  )
}

/** What a suggestion is about, in words. */
export function aboutText(t: Words, about: SuggestionAbout): string {
  return t(`directory.suggest.about-${about}`)
}
