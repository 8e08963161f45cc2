import { facetWords } from '#directory'
import type { FieldErrors } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  Fieldset,
  Input,
  Radios,
  Select,
  TextArea,
  WarningText,
} from '#platform/ui'

import { detailOf, detailsFor } from './detail.rules.ts'
import { isAskedEachTime } from './each-time.rules.ts'
import { type Place, placesFor } from './edit.rules.ts'
import type { FormBody, Item, StoredForm } from './form.ts'
import { hasOptions, isQuestion, itemOf, nameOfItem } from './form.rules.ts'
import { FormsFrame, type Screen } from './frame.view.tsx'
import { choosableFor, conditionKey, hintOf, type ItemTyped } from './item-form.rules.ts'
import { conditionText } from './item.view.ts'
import { formPath } from './paths.ts'

/** The fields as an item fills them. */
export function typedOf(body: FormBody, item: Item, place: Place): ItemTyped {
  const options = item.options.flatMap(({ code, label, score }, at) => [
    [`option-${at}`, label],
    [`code-${at}`, code],
    [`score-${at}`, score === null ? '' : String(score)],
  ])
  const conditions = (item.when?.conditions ?? []).map((each, at) => [`when-${at}`, conditionKey(each)])
  return {
    ...Object.fromEntries([...options, ...conditions]),
    text: item.text,
    hint: hintOf(item)?.text ?? '',
    eachTime: isAskedEachTime(item) ? 'yes' : '',
    detail: detailOf(item) ?? '',
    all: item.when?.all === false ? 'any' : 'all',
    place: JSON.stringify([place.parent, place.after]),
  }
}

interface Props {
  readonly screen: Screen
  readonly form: StoredForm
  readonly item: Item
  readonly isNew: boolean
  readonly removable: boolean
  readonly typed: ItemTyped
  readonly errors: FieldErrors
  readonly changed: boolean
  readonly more: boolean
}

/** One item's page. */
export function ItemForm(p: Props) {
  const { t } = p.screen
  const { form, item, typed, errors } = p
  const question = isQuestion(item)
  return (
    <FormsFrame
      screen={p.screen}
      title={t(p.isNew ? 'intake.item.new' : 'intake.item.change', { kind: t(`intake.kind.${item.kind}`) })}
      caption={form.body.title}
      back={{ href: formPath('form', form.id), text: form.body.title }}
      errors={errors}
    >
      {p.changed ? <WarningText>{t('intake.form.changed')}</WarningText> : null}
      <form method="post" action={formPath('item', form.id)} novalidate>
        <input type="hidden" name="edit" value={String(form.edit)} />
        {p.isNew ? (
          <>
            <input type="hidden" name="kind" value={item.kind} />
            <input type="hidden" name="in" value={p.typed['in'] ?? ''} />
          </>
        ) : (
          <input type="hidden" name="item" value={item.id} />
        )}
        <TextArea
          name="text"
          label={t(`intake.item.text-${question ? 'question' : item.kind}`)}
          hint={question ? t('intake.item.text-hint') : undefined}
          rows={2}
          value={typed['text']}
          error={errors['text']}
        />
        {question ? (
          <TextArea name="hint" label={t('intake.item.hint')} rows={2} value={typed['hint']} />
        ) : null}
        <DetailField {...p} />
        {hasOptions(item) ? <OptionFields {...p} /> : null}
        {question ? (
          <Checkboxes
            name="eachTime"
            legend={t('intake.item.each-time-legend')}
            hint={t('intake.item.each-time-hint')}
            values={typed['eachTime'] === 'yes' ? ['yes'] : []}
            small
            items={[{ value: 'yes', text: t('intake.item.each-time') }]}
          />
        ) : null}
        <WhenFields {...p} />
        <Select
          name="place"
          label={t('intake.place.label')}
          value={typed['place']}
          items={placesFor(form.body, p.isNew ? '' : item.id).map((place) => ({
            value: JSON.stringify([place.parent, place.after]),
            text: placeText(t, place),
          }))}
        />
        <ButtonGroup>
          <Button name="act" value="save">
            {t('intake.save')}
          </Button>
          <a class="govuk-link" href={formPath('form', form.id)}>
            {t('intake.leave')}
          </a>
        </ButtonGroup>
        {p.isNew ? null : <Retiring {...p} />}
      </form>
    </FormsFrame>
  )
}

/** Which detail of the case the question asks, so that nobody is asked twice. */
function DetailField({ screen: { t }, item, typed }: Props) {
  const details = detailsFor(item.kind, facetWords(t.pack))
  if (details.length === 0) return null
  return (
    <Select
      name="detail"
      label={t('intake.item.detail')}
      hint={t(`intake.item.detail-${item.kind === 'choice' ? 'list' : 'number'}`)}
      value={typed['detail'] ?? ''}
      items={[
        { value: '', text: t('intake.item.detail-none') },
        ...details.map(({ id, label }) => ({ value: id, text: label })),
      ]}
    />
  )
}

function placeText(t: Words, place: ReturnType<typeof placesFor>[number]): string {
  if (place.at !== null) return t('intake.place.after', { item: nameOfItem(place.at) })
  return place.in === null ? t('intake.place.first') : t('intake.place.in', { item: nameOfItem(place.in) })
}

function Retiring({ screen: { t }, item, removable }: Props) {
  return (
    <>
      <Button
        variant="secondary"
        name="act"
        value={item.retired ? 'restore' : removable ? 'remove' : 'retire'}
      >
        {t(item.retired ? 'intake.item.restore' : removable ? 'intake.item.remove' : 'intake.item.retire')}
      </Button>
      {removable ? null : <p class="govuk-hint">{t('intake.item.retire-means')}</p>}
    </>
  )
}

function OptionFields({ screen: { t }, typed, errors, more }: Props) {
  const filled = Object.keys(typed).filter((name) => /^option-\d+$/.test(name) && typed[name] !== '').length
  const rows = Array.from({ length: Math.max(filled + (more || filled > 0 ? 1 : 3), 3) }, (_row, at) => at)
  return (
    <Fieldset legend={t('intake.item.options')} legendSize="s">
      <p class="govuk-hint">{t('intake.item.options-hint')}</p>
      {rows.map((at) => (
        <div class="app-form-option">
          <input type="hidden" name={`code-${at}`} value={typed[`code-${at}`] ?? ''} />
          <Input
            name={`option-${at}`}
            label={t('intake.item.option', { number: at + 1 })}
            value={typed[`option-${at}`]}
            error={errors[`option-${at}`]}
          />
          <Input
            name={`score-${at}`}
            label={t('intake.item.score', { number: at + 1 })}
            inputmode="numeric"
            width={5}
            value={typed[`score-${at}`]}
            error={errors[`score-${at}`]}
          />
        </div>
      ))}
      <Button variant="secondary" name="act" value="more">
        {t('intake.item.more')}
      </Button>
    </Fieldset>
  )
}

function WhenFields({ screen: { t }, form, item, typed }: Props) {
  const choosable = choosableFor(form.body, item)
  const kept = (item.when?.conditions ?? []).filter(
    (each) => !choosable.some((one) => conditionKey(one) === conditionKey(each)),
  )
  if (choosable.length === 0 && kept.length === 0) return null
  const items = [
    { value: '', text: t('intake.when.none') },
    ...choosable.map((each) => ({ value: conditionKey(each), text: conditionText(t, each, each.asked) })),
    ...kept.map((each) => ({
      value: conditionKey(each),
      text: conditionText(t, each, itemOf(form.body, each.question)?.item),
    })),
  ]
  const chosen = Object.keys(typed).filter((name) => /^when-\d+$/.test(name) && typed[name] !== '').length
  const rows = Array.from({ length: Math.min(Math.max(chosen + 1, 2), 20) }, (_row, at) => at)
  return (
    <Fieldset legend={t('intake.when.legend')} legendSize="s">
      <p class="govuk-hint">{t('intake.when.hint')}</p>
      {rows.map((at) => (
        <Select
          name={`when-${at}`}
          label={t('intake.when.number', { number: at + 1 })}
          items={items}
          value={typed[`when-${at}`] ?? ''}
        />
      ))}
      <Radios
        name="all"
        legend={t('intake.when.all-legend')}
        value={typed['all'] ?? 'all'}
        inline
        small
        items={[
          { value: 'all', text: t('intake.when.all') },
          { value: 'any', text: t('intake.when.any') },
        ]}
      />
    </Fieldset>
  )
}
