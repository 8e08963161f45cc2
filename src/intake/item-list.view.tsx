import type { Words } from '#platform/i18n'
import { Button, Select } from '#platform/ui'

import { itemKinds, type StoredForm } from './form.ts'
import { hasOptions, isQuestion, nameOfItem, type Placed, placedIn } from './form.rules.ts'
import { whenText } from './item.view.ts'
import { formPath, itemPath } from './paths.ts'

/** What a form asks, in the order of reading; each line leads to the page where it is changed. */
export function ItemList({ t, form }: { readonly t: Words; readonly form: StoredForm }) {
  const placed = placedIn(form.body.items).filter(({ item, parent }) => !isHint(item, parent))
  if (placed.length === 0) return <p class="govuk-body app-muted">{t('intake.form.empty')}</p>
  return (
    <ul class="app-form-items">
      {placed.map((each) => (
        <Line t={t} form={form} placed={each} />
      ))}
    </ul>
  )
}

function isHint(item: Placed['item'], parent: Placed['parent']): boolean {
  return item.kind === 'instruction' && parent !== null && isQuestion(parent)
}

function Line({
  t,
  form,
  placed,
}: {
  readonly t: Words
  readonly form: StoredForm
  readonly placed: Placed
}) {
  const { item, depth } = placed
  const about = [
    t(`intake.kind.${item.kind}`),
    hasOptions(item)
      ? item.options
          .map(({ label, score }) => (score === null ? label : `${label} (${t.number(score)})`))
          .join(' / ')
      : '',
    whenText(t, form.body, item),
  ].filter((each) => each !== '')
  return (
    <li
      id={`item-${item.id}`}
      class={`app-form-items__item app-form-items__item--${Math.min(depth, 4)} app-form-items__item--${item.kind === 'section' ? 'section' : 'plain'}`}
    >
      <a class="govuk-link" href={itemPath(form.id, { item: item.id })}>
        {nameOfItem(item)}
      </a>
      {item.retired ? <strong class="govuk-tag govuk-tag--grey">{t('intake.item.retired')}</strong> : null}
      <div class="app-form-items__about">{about.join(' · ')}</div>
    </li>
  )
}

/** Begins a section, a question or an instruction: its kind first, since the next page asks what that kind needs. */
export function AddItem({ t, form }: { readonly t: Words; readonly form: StoredForm }) {
  const sections = placedIn(form.body.items).filter(({ item }) => item.kind === 'section')
  const last = sections.at(-1)?.item.id ?? ''
  return (
    <form method="get" action={formPath('item', form.id)}>
      <h2 class="govuk-heading-m">{t('intake.form.add')}</h2>
      <Select
        name="kind"
        label={t('intake.form.add-kind')}
        value={form.body.items.length === 0 ? 'section' : 'text'}
        items={itemKinds.map((kind) => ({ value: kind, text: t(`intake.kind.${kind}`) }))}
      />
      {sections.length === 0 ? null : (
        <Select
          name="in"
          label={t('intake.form.add-in')}
          value={last}
          items={[
            ...sections.map(({ item }) => ({ value: item.id, text: nameOfItem(item) })),
            { value: '', text: t('intake.place.form') },
          ]}
        />
      )}
      <Button variant="secondary">{t('intake.form.add-go')}</Button>
    </form>
  )
}
