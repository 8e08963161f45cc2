import { dateOf, type FormValues, listOf, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Checkboxes, DateInput, Input, InsetText, Radios, TextArea, WarningText } from '#platform/ui'

import type { OrderedItem } from './court.actions.ts'
import { type Court, orderRoles } from './court.ts'
import { byRule, itemChoice, StepForm } from './frame.view.tsx'
import type { StoredGround } from './ground.ts'
import type { CaseItem } from './items.rules.ts'
import { groundPath } from './paths.ts'

interface Props<I> {
  readonly t: Words
  readonly caseId: string
  readonly ground: StoredGround
  readonly court: Court
  readonly items: readonly I[]
  readonly picked: readonly string[]
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** What the judge ordered: who, when, to whom, and each thing by itself. Nothing is ticked from the start. */
export function OrderForm(p: Props<CaseItem>) {
  const { t, values, errors } = p
  return (
    <>
      <p class="govuk-body">{t('grounds.court.order.lead')}</p>
      <StepForm
        t={t}
        ground={p.ground}
        act="order"
        action={groundPath('order', p.caseId, p.ground.id)}
        go={t('grounds.court.order.go')}
        cancel={groundPath('one', p.caseId, p.ground.id)}
      >
        <Input
          name="judge"
          label={t('grounds.court.order.judge')}
          hint={t('grounds.court.order.judge-hint')}
          value={textOf(values, 'judge')}
          error={errors['judge']}
        />
        <Input
          name="court"
          label={t('grounds.court.order.court')}
          value={textOf(values, 'court')}
          error={errors['court']}
        />
        <DateInput
          name="dated"
          legend={t('grounds.court.order.dated')}
          value={dateOf(values, 'dated')}
          error={errors['dated']}
        />
        <Radios
          name="role"
          legend={t('grounds.court.order.role')}
          items={orderRoles.map((role) => ({
            value: role,
            text: t(`grounds.court.order.roles.${role}`),
            ...(role === 'OPR' ? { conditional: <Reader t={t} values={values} /> } : {}),
          }))}
          value={textOf(values, 'role')}
          error={errors['role']}
        />
        <Input
          name="name"
          label={t('grounds.court.order.name')}
          value={textOf(values, 'name')}
          error={errors['name']}
        />
        <Checkboxes
          name="items"
          legend={t('grounds.court.order.items')}
          hint={t('grounds.court.order.items-hint')}
          small
          items={p.items.map(itemChoice)}
          values={p.picked}
          error={errors['items']}
        />
        <TextArea
          name="protection"
          label={t('grounds.court.order.protection')}
          hint={t('grounds.court.order.protection-hint')}
          rows={3}
          value={textOf(values, 'protection')}
          error={errors['protection']}
        />
      </StepForm>
    </>
  )
}

function Reader({ t, values }: { readonly t: Words; readonly values: FormValues }) {
  return (
    <Checkboxes
      name="reader"
      legend={t('grounds.court.order.reader')}
      legendHidden
      small
      items={[{ value: 'yes', text: t('grounds.court.order.reader') }]}
      values={listOf(values, 'reader')}
    />
  )
}

/** The copy that goes: what the order names and the rules let go, each with its words; what stays, with the rule that keeps it. */
export function SendForm(p: Props<OrderedItem>) {
  const { t, court, items } = p
  const to = court.order?.recipient.name ?? ''
  const goes = items.filter((item) => item.goes)
  const stays = items.filter((item) => !item.goes)
  return (
    <>
      <p class="govuk-body">{t('grounds.court.send.lead', { to })}</p>
      {stays.length === 0 ? null : (
        <InsetText>
          <p class="govuk-body">{t('grounds.court.send.stays')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {stays.map(({ title, rules: [rule = ''] }) => (
              <li>
                {title}: {byRule(t, t(`releases.rule.${rule}`), rule)}
              </li>
            ))}
          </ul>
        </InsetText>
      )}
      {goes.length === 0 ? (
        <WarningText>{t('grounds.court.send.nothing')}</WarningText>
      ) : (
        <StepForm
          t={t}
          ground={p.ground}
          act="send"
          warning
          action={groundPath('order', p.caseId, p.ground.id)}
          go={t('grounds.court.send.go')}
          cancel={groundPath('one', p.caseId, p.ground.id)}
        >
          <Checkboxes
            name="items"
            legend={t('grounds.court.send.items', { to })}
            hint={t('grounds.court.send.items-hint')}
            small
            items={goes.map(itemChoice)}
            values={p.picked}
            error={p.errors['items']}
          />
        </StepForm>
      )}
    </>
  )
}
