import { threadStates } from '#envelopes'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, Details, Select } from '#platform/ui'

import { dues, type ThreadFilter } from './list.rules.ts'
import { paths } from './paths.ts'

/** Somebody or something that a list can be narrowed to. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** The form that narrows the list; it answers with an address, so that what is seen can be kept and passed on. */
export function FilterForm(p: {
  readonly t: Words
  readonly filter: ThreadFilter
  readonly partners: readonly Named[]
  readonly workers: readonly Named[]
}) {
  const { t, filter } = p
  const { group: _group, ...narrower } = filter
  const any = { value: '', text: t('referrals.filter.any') }
  const named = (each: Named) => ({ value: each.id, text: each.name })
  const who = [
    any,
    { value: 'mine', text: t('referrals.filter.mine') },
    { value: 'nobody', text: t('referrals.filter.nobody') },
    ...p.workers.map(named),
  ]
  return (
    <Details
      summary={t('referrals.filter.title')}
      open={Object.values(narrower).some((value) => value !== null)}
    >
      <form method="get" action={paths.list} class="app-filter">
        <Select
          name="partner"
          label={t('referrals.filter.partner')}
          value={filter.partner ?? ''}
          items={[any, ...p.partners.map(named)]}
        />
        <Select name="who" label={t('referrals.filter.who')} value={filter.who ?? ''} items={who} />
        <Select
          name="due"
          label={t('referrals.filter.due')}
          value={filter.due ?? ''}
          items={[any, ...dues.map((each) => ({ value: each, text: t(`referrals.filter.due-${each}`) }))]}
        />
        <Select
          name="side"
          label={t('referrals.filter.side')}
          value={filter.side ?? ''}
          items={[any, ...sides.map((each) => ({ value: each, text: t(`referrals.filter.side-${each}`) }))]}
        />
        <Select
          name="state"
          label={t('referrals.filter.state')}
          value={filter.state ?? ''}
          items={[any, ...threadStates.map((each) => ({ value: each, text: t(`referrals.state.${each}`) }))]}
        />
        {filter.group === null ? null : <input type="hidden" name="show" value={filter.group} />}
        <ButtonGroup>
          <Button variant="secondary">{t('referrals.filter.go')}</Button>
          <a class="govuk-link" href={paths.list}>
            {t('referrals.filter.clear')}
          </a>
        </ButtonGroup>
      </form>
    </Details>
  )
}

const sides = ['from', 'to'] as const
