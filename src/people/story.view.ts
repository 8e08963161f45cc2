import type { Words } from '#platform/i18n'

import type { AbuseStatus } from './abuse.ts'
import type { CaseFile } from './case.ts'
import { coercionThemes } from './coercion.ts'
import type { Effect } from './effect.ts'
import type { Progress } from './need-progress.ts'
import type { PatternEntry } from './pattern.ts'
import { doneIn } from './pattern.rules.ts'
import { rememberedText } from './when.rules.ts'

type Told = Pick<CaseFile, 'story' | 'cards'>

/** Strengths, then what they do to keep themselves and others safe: one line each. */
export function strengthLines(file: Told): readonly string[] {
  const { strengths, acts } = file.story.strengths
  return [...strengths, ...acts].map((said) => said.words)
}

/** How the abuse was said to be: the state, then its dates, then who said so and when. */
export function abuseLines(t: Words, status: AbuseStatus): readonly string[] {
  const dates = (['from', 'until', 'lastKnown'] as const).flatMap((name) =>
    status[name] === '' ? [] : [t(`people.abuse.${name}-line`, { when: rememberedText(t, status[name]) })],
  )
  const source = t('people.abuse.source-line', {
    source: t(`people.source.${status.source}`),
    date: t.date(status.on),
  })
  return [t(`people.abuse.state-${status.state}`), ...dates, status.words, source].filter(
    (line) => line !== '',
  )
}

/** A thread as it is read: distress never stands here without what it follows from. */
export interface Thread {
  readonly id: string
  /** What was done; where nobody said, that they have chosen not to say. Never empty. */
  readonly done: readonly [string, ...string[]]
  readonly distress: string
  readonly getsThrough: string
}

/** The threads of a case. */
export function threadsOf(t: Words, file: Told): readonly Thread[] {
  return file.story.effects.map((effect) => ({
    id: effect.id,
    done: contextOf(t, effect, file),
    distress: effect.distress,
    getsThrough: effect.getsThrough,
  }))
}

function contextOf(t: Words, effect: Effect, file: Told): readonly [string, ...string[]] {
  const [first, ...more] = doneIn(effect, file.story.pattern)
  if (first !== undefined) return [first, ...more]
  return [t(effect.unsaid ? 'people.effects.unsaid-line' : 'people.effects.gone-line')]
}

/** A thread as text: what was done first, then what it does, then what they do to get through. */
export function threadText(t: Words, thread: Thread): string {
  const parts: readonly (readonly [string, string])[] = [
    ['done', thread.done.join(' ')],
    ['distress', thread.distress],
    ['getsThrough', thread.getsThrough],
  ]
  return parts
    .filter(([, words]) => words !== '')
    .map(([name, words]) => `${t(`people.effects.${name}`)}: ${words}`)
    .join('\n')
}

/** When something was done: a time, or a time from and until. */
export function periodText(t: Words, entry: Pick<PatternEntry, 'from' | 'until'>): string {
  const from = entry.from === '' ? '' : rememberedText(t, entry.from)
  const until = entry.until === '' ? '' : rememberedText(t, entry.until)
  if (from !== '' && until !== '') return t('people.pattern.from-until', { from, until })
  if (until !== '') return t('people.pattern.only-until', { until })
  return from === '' ? t('people.pattern.undated') : from
}

/** The name on a card of this case, or that the person is not in it any more. */
export function cardName(t: Words, file: Told, id: string): string {
  const card = file.cards.find((each) => each.id === id)
  if (card === undefined) return t('people.pattern.gone')
  return card.name === '' ? t(`people.role.${card.role}`) : card.name
}

/** Who did it, or that nobody is named. */
export function doerText(t: Words, file: Told, entry: PatternEntry): string {
  return entry.by === '' ? t('people.pattern.nobody-named') : cardName(t, file, entry.by)
}

/** An entry of the pattern as text, with what it did to each person. */
export function entryText(t: Words, file: Told, entry: PatternEntry): string {
  const head = `${periodText(t, entry)}, ${doerText(t, file, entry)}: ${entry.done}`
  const effects = entry.effects.map((each) =>
    t('people.pattern.effect-line', { name: cardName(t, file, each.card), words: each.words }),
  )
  const source = t('people.abuse.source-line', {
    source: t(`people.source.${entry.source}`),
    date: t.date(entry.on),
  })
  return [head, ...effects, source].join('\n')
}

/** What the person said last of a need. */
export function progressText(t: Words, progress: Progress): string {
  const state = t(`people.progress.state-${progress.state}`)
  const words = progress.words === '' ? '' : ` “${progress.words}”`
  return t('people.progress.line', { state, words, date: t.shortDate(progress.on) })
}

/** What was answered about coercion, and what was not asked and why; empty while nothing was. */
export function coercionLines(t: Words, file: Told): readonly string[] {
  return coercionThemes.flatMap((theme) => {
    const answer = file.story.coercion.answers[theme]
    if (answer === undefined) return []
    const state = t(`people.coercion.state-${answer.state}`)
    const words = answer.words === '' ? '' : ` ${answer.words}`
    return [
      t('people.coercion.line', {
        ask: t(`people.coercion.ask.${theme}`),
        state,
        words,
        date: t.shortDate(answer.on),
      }),
    ]
  })
}
