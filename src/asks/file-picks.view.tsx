import type { Words } from '#platform/i18n'
import { Button, Details, Input, Select } from '#platform/ui'

import { type FilePick, leftOutGrounds } from './ask.ts'
import type { PackEntry } from './file-pack.rules.ts'

/** Each entry of the pack with its decision: out until there is a reason, or in unless there is a ground. */
export function PicksForm(p: {
  readonly t: Words
  readonly action: string
  readonly pack: readonly PackEntry[]
  readonly picks: readonly FilePick[]
}) {
  const { t } = p
  const pickOf = (key: string) => p.picks.find((pick) => pick.key === key)
  return (
    <form method="post" action={p.action} novalidate>
      {p.pack.map((entry) => (
        <section class="govuk-!-margin-bottom-6">
          <h2 class="govuk-heading-s">{entry.title}</h2>
          <p class="govuk-body">{stateText(t, entry)}</p>
          <Details summary={t('asks.file.words-of', { title: entry.title })}>
            {entry.text.split('\n').map((line) => (
              <p class="govuk-body">{line}</p>
            ))}
          </Details>
          {entry.never === null ? <Choice t={t} entry={entry} pick={pickOf(entry.key)} /> : null}
        </section>
      ))}
      <Button>{t('asks.file.save')}</Button>
    </form>
  )
}

function Choice({
  t,
  entry,
  pick,
}: {
  readonly t: Words
  readonly entry: PackEntry
  readonly pick: FilePick | undefined
}) {
  return (
    <>
      <input type="hidden" name="key" value={entry.key} />
      {entry.others.length === 0 && entry.kept === undefined ? null : (
        <Input
          name={`in-${entry.key}`}
          id={`in-${entry.key}`}
          label={t('asks.file.in-because', { title: entry.title })}
          value={pick?.inBecause ?? ''}
        />
      )}
      <Select
        name={`out-${entry.key}`}
        id={`out-${entry.key}`}
        label={t('asks.file.out-for', { title: entry.title })}
        value={pick?.outFor ?? ''}
        items={[
          { value: '', text: t('asks.file.no-ground') },
          ...leftOutGrounds.map((ground) => ({ value: ground, text: t(`asks.ground.${ground}`) })),
        ]}
      />
    </>
  )
}

/** Where an entry stands, in a sentence. */
function stateText(t: Words, entry: PackEntry): string {
  if (entry.ground !== null) return t('asks.file.is-out', { ground: t(`asks.ground.${entry.ground}`) })
  return entry.reason === '' ? t('asks.file.is-in') : t('asks.file.is-in-because', { reason: entry.reason })
}
