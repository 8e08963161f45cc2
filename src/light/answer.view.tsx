import { type FieldErrors, type FormValues, textOf, dateOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  type Content,
  DateInput,
  ForOurRecord,
  Input,
  InsetText,
  PageHeading,
  PlainPage,
  Radios,
  TextArea,
  WarningText,
} from '#platform/ui'
import {
  effectAnswers,
  hearsAnswer,
  type Letter,
  type NextDoor,
  nowhere,
  endings,
  reasons,
  recordText,
  type Thread,
} from '#referrals'

import type { AnswerId } from './answer.ts'
import { answerPath, paths } from './paths.ts'

interface Props {
  readonly t: Words
  readonly id: AnswerId
  readonly thread: Thread
  readonly values: FormValues
  readonly errors: FieldErrors
  readonly doors: readonly NextDoor[]
}

/** The form of one answer: one task, and that it closes the link. */
export function AnswerPage(p: Props) {
  const { t, id, thread, errors } = p
  const title = t(`light.answer.${id}.title`)
  return (
    <PlainPage
      t={t}
      title={title}
      errors={errors}
      back={{ href: paths.letter, text: t('light.answer.back') }}
    >
      <PageHeading caption={t('light.letter.from', { from: thread.otherName })}>{title}</PageHeading>
      {errors['form'] === undefined ? null : <WarningText>{errors['form']}</WarningText>}
      <form method="post" action={answerPath(id)} novalidate>
        <input type="hidden" name="version" value={String(thread.version)} />
        <Fields {...p} />
        <p class="govuk-body">{t('light.answer.closes')}</p>
        <ButtonGroup>
          <Button>{t(`light.answer.${id}.go`)}</Button>
          <a class="govuk-link" href={paths.letter}>
            {t('referrals.cancel')}
          </a>
        </ButtonGroup>
      </form>
    </PlainPage>
  )
}

function Fields(p: Props): Content {
  switch (p.id) {
    case 'yes':
      return <YesFields {...p} />
    case 'wait':
      return <WaitFields {...p} />
    case 'no':
      return <NoFields {...p} />
    case 'question':
      return (
        <>
          <Text {...p} name="text" label="referrals.act.question.label" hint="referrals.act.question.hint" />
          <PersonFields {...p} />
        </>
      )
    case 'met':
      return <MetFields {...p} />
    case 'end':
      return (
        <>
          <Radios
            name="outcome"
            legend={p.t('referrals.act.end.outcome')}
            items={endings.map((each) => ({ value: each, text: p.t(`referrals.outcome.${each}`) }))}
            value={textOf(p.values, 'outcome')}
            error={p.errors['outcome']}
          />
          <Text {...p} name="words" label="referrals.act.end.words" />
        </>
      )
  }
}

function YesFields(p: Props) {
  const { t, values, errors } = p
  return (
    <>
      {p.thread.kind === 'ask' ? (
        <Radios
          name="how"
          legend={t('light.answer.yes.how')}
          items={(['send', 'phone'] as const).map((how) => ({
            value: how,
            text: t(`referrals.act.would-take.${how}`),
          }))}
          value={textOf(values, 'how') || 'send'}
        />
      ) : (
        <DateInput
          name="starts"
          legend={t('referrals.act.accept.starts')}
          hint={t('referrals.act.accept.starts-hint')}
          value={dateOf(values, 'starts')}
          error={errors['starts']}
        />
      )}
      <PersonFields {...p} />
      {p.thread.kind === 'ask' ? null : <Text {...p} name="note" label="referrals.act.note" />}
    </>
  )
}

function WaitFields(p: Props) {
  const { t, values, errors } = p
  return (
    <>
      <Input
        name="place"
        label={t('referrals.act.wait.place')}
        hint={t('referrals.act.wait.place-hint')}
        width={4}
        inputmode="numeric"
        value={textOf(values, 'place')}
        error={errors['place']}
      />
      <DateInput
        name="expected"
        legend={t('referrals.act.wait.expected')}
        hint={t('referrals.act.wait.expected-hint')}
        value={dateOf(values, 'expected')}
        error={errors['expected']}
      />
      <PersonFields {...p} />
      <Text {...p} name="note" label="referrals.act.note" />
    </>
  )
}

function NoFields(p: Props) {
  const { t, values, errors, doors } = p
  return (
    <>
      <Radios
        name="reason"
        small
        legend={t('referrals.act.decline.reason')}
        items={reasons.map((each) => ({
          value: each.code,
          text: t(`referrals.reason.${each.code}`),
          ...(each.asksEffectOfAbuse ? { conditional: <Effect {...p} code={each.code} /> } : {}),
          ...(each.needsSameDay ? { conditional: <SameDay {...p} /> } : {}),
        }))}
        value={textOf(values, 'reason')}
        error={errors['reason']}
      />
      <Radios
        name="next"
        small
        legend={t('referrals.act.decline.next')}
        hint={t('referrals.act.decline.next-hint')}
        items={[
          ...doors.map((door) => ({ value: door.serviceId, text: door.name, hint: door.phone })),
          {
            value: nowhere,
            text: t('referrals.act.decline.nowhere'),
            conditional: (
              <Input
                name="who"
                label={t('referrals.act.decline.who')}
                hint={t('referrals.act.decline.who-hint')}
                value={textOf(values, 'who')}
                error={errors['who']}
              />
            ),
          },
        ]}
        value={
          errors['who'] === undefined ? textOf(values, 'next') || (doors[0]?.serviceId ?? nowhere) : nowhere
        }
        error={errors['next']}
      />
      <Text {...p} name="sentence" label="referrals.act.decline.sentence" />
      <PersonFields {...p} />
      {hearsAnswer(p.thread) ? null : (
        <InsetText>{t('referrals.act.decline.untold', { agency: p.thread.otherName })}</InsetText>
      )}
    </>
  )
}

/** For danger: which service acts today, and who there said so. */
function SameDay({ t, thread, values, errors }: Props) {
  return (
    <>
      <Input
        name="sameDay"
        label={t('referrals.act.decline.same-day')}
        hint={t('referrals.act.decline.same-day-hint')}
        value={textOf(values, 'sameDay')}
        error={errors['sameDay']}
      />
      <Input
        name="sameDayPerson"
        label={t('referrals.act.decline.same-day-person')}
        hint={t(`referrals.act.decline.same-day-person-${hearsAnswer(thread) ? 'hint' : 'untold'}`, {
          agency: thread.otherName,
        })}
        value={textOf(values, 'sameDayPerson')}
        error={errors['sameDayPerson']}
      />
    </>
  )
}

/** For a disability or a diagnosis: whether anybody asked if it is an effect of the abuse. */
function Effect({ t, values, code }: Props & { readonly code: string }) {
  return (
    <Radios
      name={`effect-${code}`}
      small
      legend={t('referrals.act.decline.effect')}
      items={effectAnswers.map((answer) => ({ value: answer, text: t(`referrals.effect.${answer}`) }))}
      value={textOf(values, `effect-${code}`) || 'not-asked'}
    />
  )
}

function MetFields(p: Props) {
  const { t, values, errors } = p
  return (
    <>
      <Checkboxes
        name="says"
        legend={t('referrals.act.met.says-legend')}
        values={textOf(values, 'says') === 'yes' ? ['yes'] : []}
        items={[{ value: 'yes', text: t('referrals.act.met.says') }]}
        error={errors['says']}
      />
      <DateInput
        name="on"
        legend={t('referrals.act.met.on')}
        value={dateOf(values, 'on')}
        error={errors['on']}
      />
      <Input name="came" label={t('referrals.act.met.came')} value={textOf(values, 'came')} />
      <Text {...p} name="words" label="referrals.act.met.words" hint="referrals.act.met.words-hint" />
    </>
  )
}

function PersonFields({ t, values, errors }: Pick<Props, 't' | 'values' | 'errors'>) {
  return (
    <>
      <Input
        name="name"
        label={t('light.answer.name')}
        value={textOf(values, 'name')}
        width={30}
        autocomplete="off"
        error={errors['name']}
      />
      <Input
        name="phone"
        label={t('referrals.act.phone')}
        type="tel"
        width={20}
        value={textOf(values, 'phone')}
        autocomplete="off"
        error={errors['phone']}
      />
    </>
  )
}

function Text(
  p: Pick<Props, 't' | 'values' | 'errors' | 'thread'> & {
    readonly name: string
    readonly label: string
    readonly hint?: string
  },
) {
  const agency = p.thread.otherName
  return (
    <TextArea
      name={p.name}
      label={p.t(p.label, { agency })}
      {...(p.hint === undefined ? {} : { hint: p.t(p.hint, { agency }) })}
      rows={3}
      value={textOf(p.values, p.name)}
      error={p.errors[p.name]}
    />
  )
}

/** Said: what went, for their own record, and that the link is over. */
export function DonePage(p: {
  readonly t: Words
  readonly agency: string
  /** The release lets nothing of the kind come back: it stays in this thread. */
  readonly kept: boolean
  readonly own: Letter | null
  readonly at: Date | undefined
}) {
  const { t, agency, own } = p
  return (
    <PlainPage t={t} title={t('light.done.title')}>
      <PageHeading>{t(p.kept ? 'light.done.kept' : 'light.done.title')}</PageHeading>
      <p class="govuk-body">{t(p.kept ? 'light.done.kept-text' : 'light.done.text', { agency })}</p>
      <p class="govuk-body">{t('light.done.next', { agency })}</p>
      {own === null || p.at === undefined ? null : (
        <ForOurRecord
          t={t}
          text={recordText(t, { title: t('light.done.record'), agency, at: p.at }, own)}
          guest
        />
      )}
    </PlainPage>
  )
}
