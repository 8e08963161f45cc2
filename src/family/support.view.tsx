import { supportKinds, type Supports } from '#people'
import { type FieldErrors, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DateInput, Input, Radios, Select, Table } from '#platform/ui'

import { familyPath } from './paths.ts'

export const knowing = ['yes', 'no', 'not-asked'] as const

interface SupportProps {
  readonly t: Words
  readonly caseId: string
  readonly version: string
}

/** Who stands beside the person, each with a way to take the line away. */
export function SupportTable({ t, caseId, version, list }: SupportProps & { readonly list: Supports }) {
  if (list.length === 0) return null
  const text = (day: string) => (day === '' ? t('family.support.open') : t.shortDate(day))
  return (
    <Table
      caption={t('family.support.caption')}
      head={[
        t('family.support.name'),
        t('family.support.when'),
        t('family.support.knows'),
        t('family.support.take'),
      ]}
      rows={list.map((each) => [
        <>
          {each.name}
          <br />
          <span class="app-muted">
            {t(`family.support.kind-${each.kind}`)}
            {each.worker === '' ? '' : `, ${each.worker}`}
          </span>
        </>,
        t('family.support.span', { from: text(each.from), until: text(each.until) }),
        t(`family.support.knows-${each.knows}`),
        <form method="post" action={familyPath('support', caseId)}>
          <input type="hidden" name="version" value={version} />
          <Button variant="secondary" name="take" value={each.id}>
            {t('family.take-away')} <span class="govuk-visually-hidden">{each.name}</span>
          </Button>
        </form>,
      ])}
    />
  )
}

/** One more who stands beside the person. */
export function SupportForm(p: SupportProps & { readonly values: FormValues; readonly errors: FieldErrors }) {
  const { t, caseId, version, values, errors } = p
  const date = (name: string) => ({
    day: textOf(values, `${name}-day`),
    month: textOf(values, `${name}-month`),
    year: textOf(values, `${name}-year`),
  })
  return (
    <>
      <h2 class="govuk-heading-m">{t('family.support.add')}</h2>
      <form method="post" action={familyPath('support', caseId)} novalidate>
        <input type="hidden" name="version" value={version} />
        <Select
          name="kind"
          label={t('family.support.kind')}
          value={textOf(values, 'kind')}
          error={errors['kind']}
          items={supportKinds.map((value) => ({ value, text: t(`family.support.kind-${value}`) }))}
        />
        <Input
          name="name"
          label={t('family.support.name')}
          value={textOf(values, 'name')}
          error={errors['name']}
          width="two-thirds"
        />
        <Input
          name="worker"
          label={t('family.support.worker')}
          value={textOf(values, 'worker')}
          error={errors['worker']}
          width="two-thirds"
        />
        <DateInput
          name="from"
          legend={t('family.support.from')}
          value={date('from')}
          error={errors['from']}
        />
        <DateInput
          name="until"
          legend={t('family.support.until')}
          hint={t('family.support.until-hint')}
          value={date('until')}
          error={errors['until']}
        />
        <Radios
          name="knows"
          legend={t('family.support.knows-legend')}
          small
          value={textOf(values, 'knows') || 'not-asked'}
          items={knowing.map((value) => ({ value, text: t(`family.support.knows-${value}`) }))}
        />
        <Button>{t('family.support.go')}</Button>
      </form>
    </>
  )
}
