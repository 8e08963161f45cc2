import { barriers } from '#diary'
import { AboutText } from '#language'
import { type CaseFile, contactSentences, type SafeContact, ThroughNote } from '#people'
import { dateOf, type FieldErrors, type FormValues, listOf, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Checkboxes, DateInput, Details, Input, InsetText, Lines, Radios } from '#platform/ui'

import { companions, type Meeting, meetingWays } from './introduction.ts'
import type { Letter } from './letter.ts'
import { meetingRows } from './introduction-letter.view.ts'
import type { Screen } from './screen.view.tsx'
import type { Thread } from './thread.ts'

interface Step {
  readonly t: Words
  readonly thread: Thread
  readonly meeting: Meeting | null
  readonly values: FormValues
  readonly errors: FieldErrors
}

interface Plan extends Omit<Step, 't' | 'meeting'> {
  readonly screen: Screen
  readonly first: Letter | null
  readonly file: CaseFile | null
  /** There was another time before: then it is asked what got in the way. */
  readonly moving: boolean
}

/** When, how, where and with whom: the safe times stand beside the time, and everything but the company may stay open. */
export function PlanFields(p: Plan) {
  const { thread, values, errors, moving } = p
  const { t, actor } = p.screen
  const agency = thread.otherName
  return (
    <>
      {moving ? <InTheWay t={t} thread={thread} values={values} errors={errors} /> : null}
      {p.file === null ? null : <ThroughNote t={t} file={p.file} accountId={actor.accountId} />}
      <SafeTimes t={t} contact={p.file?.contact ?? null} first={p.first} />
      <DateInput
        name="on"
        legend={t('referrals.act.introduce.on')}
        hint={t('referrals.act.introduce.on-hint')}
        value={dateOf(values, 'on')}
        error={errors['on']}
      />
      <Input
        name="time"
        label={t('referrals.act.introduce.time')}
        type="time"
        width={5}
        value={textOf(values, 'time')}
        error={errors['time']}
      />
      {errors['time'] === undefined && listOf(values, 'sure').length === 0 ? null : (
        <Tick t={t} name="sure" word="sure" values={values} />
      )}
      <Radios
        name="way"
        legend={t('referrals.intro.way')}
        value={textOf(values, 'way') || 'visit'}
        small
        items={meetingWays.map((way) => ({ value: way, text: t(`referrals.intro.way-${way}`) }))}
      />
      <Input
        name="where"
        label={t('referrals.act.introduce.where')}
        hint={t('referrals.act.introduce.where-hint')}
        width="two-thirds"
        value={textOf(values, 'where')}
        error={errors['where']}
      />
      <Radios
        name="who"
        legend={t('referrals.intro.who')}
        value={textOf(values, 'who') || 'ours'}
        small
        items={companions.map((who) => ({ value: who, text: t(`referrals.intro.who-${who}`, { agency }) }))}
      />
      <Input
        name="along"
        label={t('referrals.intro.name')}
        hint={t('referrals.intro.name-hint')}
        width="two-thirds"
        value={'along' in values ? textOf(values, 'along') : actor.displayName}
        error={errors['along']}
      />
      <Tick t={t} name="agreed" word="agreed" values={values} />
      <Tick t={t} name="remind" word="remind" values={values} />
    </>
  )
}

/** What the person said about safe times, as it stands in our case or as it came with the referral. */
function SafeTimes(p: {
  readonly t: Words
  readonly contact: SafeContact | null
  readonly first: Letter | null
}) {
  const own = p.contact === null ? [] : contactSentences(p.t, p.contact)
  const passed = p.first?.about === 'request' ? p.first.safeContact : []
  const lines = own.length > 0 ? own : passed
  if (lines.length === 0) return null
  return (
    <Details summary={p.t('referrals.letter.safe-contact')} open>
      <Lines text={lines.join('\n')} />
    </Details>
  )
}

/** The person says yes to the day, the way and the company as they stand. */
export function AgreedFields({ t, meeting, values, errors }: Step) {
  return (
    <>
      <AsPlanned t={t} meeting={meeting} />
      <Checkboxes
        name="says"
        legend={t('referrals.intro.agreed-legend')}
        items={[{ value: 'yes', text: t('referrals.intro.agreed') }]}
        values={listOf(values, 'says')}
        error={errors['says']}
      />
      <On t={t} values={values} errors={errors} word="agreed-on" />
    </>
  )
}

/** They came together: who was there. That the person feels met is asked apart. */
export function HappenedFields({ t, thread, meeting, values, errors }: Step) {
  const agency = thread.otherName
  return (
    <>
      <AsPlanned t={t} meeting={meeting} />
      <On t={t} values={values} errors={errors} word="happened-on" />
      <Input
        name="who"
        label={t('referrals.intro.there')}
        hint={t('referrals.act.met.came-hint', { agency })}
        width="two-thirds"
        value={textOf(values, 'who')}
        error={errors['who']}
      />
      <AboutText
        t={t}
        name="words"
        label={t('referrals.intro.words')}
        hint={t('referrals.act.met.words-hint', { agency })}
        rows={3}
        value={textOf(values, 'words')}
        error={errors['words']}
      />
    </>
  )
}

/** It did not come about: what got in the way, as the person says, and whether the other side may know. */
export function NotHappenedFields({ t, thread, meeting, values, errors }: Step) {
  return (
    <>
      <AsPlanned t={t} meeting={meeting} />
      <On t={t} values={values} errors={errors} word="asked-on" />
      <InTheWay t={t} thread={thread} values={values} errors={errors} />
      <AboutText
        t={t}
        name="words"
        label={t('referrals.intro.why-words')}
        hint={t('referrals.intro.why-words-hint')}
        rows={3}
        value={textOf(values, 'words')}
        error={errors['words']}
      />
    </>
  )
}

function InTheWay({ t, thread, values, errors }: Omit<Step, 'meeting'>) {
  const agency = thread.otherName
  return (
    <>
      <Checkboxes
        name="barriers"
        legend={t('referrals.intro.why')}
        hint={t('referrals.intro.why-hint')}
        values={listOf(values, 'barriers')}
        error={errors['barriers']}
        small
        items={barriers.map((barrier) => ({ value: barrier, text: t(`diary.way.${barrier}`) }))}
      />
      <Tick t={t} name="notAsked" word="not-asked" values={values} />
      <Checkboxes
        name="pass"
        legend={t('referrals.intro.pass', { agency })}
        legendHidden
        values={listOf(values, 'pass')}
        small
        items={[
          {
            value: 'yes',
            text: t('referrals.intro.pass', { agency }),
            hint: t('referrals.intro.pass-hint', { agency }),
          },
        ]}
      />
    </>
  )
}

function AsPlanned({ t, meeting }: Pick<Step, 't' | 'meeting'>) {
  const lines = meeting === null ? [] : meetingRows(t, meeting).filter((row) => row.value !== '')
  if (lines.length === 0) return null
  return (
    <InsetText>
      <Lines text={lines.map((row) => `${row.key}: ${row.value}`).join('\n')} />
    </InsetText>
  )
}

function On(p: Pick<Step, 't' | 'values' | 'errors'> & { readonly word: string }) {
  return (
    <DateInput
      name="on"
      legend={p.t(`referrals.intro.${p.word}`)}
      hint={p.t('referrals.act.introduce.on-hint')}
      value={dateOf(p.values, 'on')}
      error={p.errors['on']}
    />
  )
}

/** One box to tick, with its sentence. */
function Tick(p: {
  readonly t: Words
  readonly name: string
  readonly word: string
  readonly values: FormValues
}) {
  const { t, name, word } = p
  return (
    <Checkboxes
      name={name}
      legend={t(`referrals.intro.${word}`)}
      legendHidden
      values={listOf(p.values, name)}
      small
      items={[{ value: 'yes', text: t(`referrals.intro.${word}`), hint: t(`referrals.intro.${word}-hint`) }]}
    />
  )
}
