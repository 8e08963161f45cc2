import type { Words } from '#platform/i18n'
import { Button, Details, Input, Select } from '#platform/ui'
import { needs } from './facet.ts'
import { ageGroups, distances, type Wanted } from './find.ts'
import { paths } from './paths.ts'
import { accessFeatures } from './practical.ts'
import { codeText, languageText } from './service.view.ts'

/** The form of the public search: everything may stay empty. */
export function SearchFields({
  t,
  wanted,
  errors,
}: {
  readonly t: Words
  readonly wanted: Wanted
  readonly errors: Readonly<Record<string, string>>
}) {
  const narrowed =
    wanted.place + wanted.age + wanted.language + wanted.access !== '' || Object.keys(errors).length > 0
  return (
    <form method="post" action={`${paths.services}#list`} role="search" novalidate>
      <Input
        name="words"
        label={t('directory.list.words')}
        hint={t('directory.list.words-hint')}
        value={wanted.words}
        error={errors['words']}
      />
      <Select
        name="need"
        label={t('directory.list.need')}
        value={wanted.need}
        items={[
          { value: '', text: t('directory.list.any-need') },
          ...needs
            .filter((need) => need.id !== 'change-behaviour')
            .map((need) => ({ value: need.id, text: need.label })),
        ]}
      />
      <Details summary={t('directory.list.narrow')} open={narrowed}>
        <Narrow t={t} wanted={wanted} errors={errors} />
      </Details>
      <Button>{t('directory.list.search')}</Button>
    </form>
  )
}

function Narrow({
  t,
  wanted,
  errors,
}: {
  readonly t: Words
  readonly wanted: Wanted
  readonly errors: Readonly<Record<string, string>>
}) {
  return (
    <>
      <Input
        name="place"
        label={t('directory.list.place')}
        hint={t('directory.list.place-hint')}
        value={wanted.place}
        error={errors['place']}
        width={20}
      />
      <Select
        name="miles"
        label={t('directory.list.miles')}
        value={String(wanted.miles)}
        items={distances.map((miles) => ({
          value: String(miles),
          text: t('directory.list.within', { miles }),
        }))}
      />
      <Select
        name="age"
        label={t('directory.list.age')}
        value={wanted.age}
        items={[
          { value: '', text: t('directory.list.any-age') },
          ...ageGroups.map(({ id }) => ({ value: id, text: t(`directory.age.${id}`) })),
        ]}
      />
      <Select
        name="language"
        label={t('directory.list.language')}
        value={wanted.language}
        items={[
          { value: '', text: t('directory.list.any-language') },
          ...languages.map((code) => ({ value: code, text: languageText(t, code) })),
        ]}
      />
      <Select
        name="access"
        label={t('directory.list.access')}
        value={wanted.access}
        items={[
          { value: '', text: t('directory.list.any-access') },
          ...accessFeatures.map(({ code }) => ({ value: code, text: codeText(t, 'access', code) })),
        ]}
      />
    </>
  )
}

const languages = ['en', 'cy', 'es', 'pl', 'ro', 'ur', 'pa', 'bn', 'ar', 'pt', 'vi', 'ht', 'bfi', 'ase']
