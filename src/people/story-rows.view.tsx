import type { Words } from '#platform/i18n'
import { Lines } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { abuseLines, cardName, doerText, periodText, type Thread, threadsOf } from './story.view.ts'

interface Props {
  readonly t: Words
  readonly file: CaseFile
}

/** Strengths first, then what they do to keep themselves and others safe. */
export function StrengthRows({ t, file }: Props) {
  const { strengths, acts } = file.story.strengths
  if (strengths.length + acts.length === 0)
    return <span class="app-muted">{t('people.strengths.empty')}</span>
  return (
    <>
      {[
        { title: t('people.strengths.strengths'), said: strengths },
        { title: t('people.strengths.acts'), said: acts },
      ].map(({ title, said }) =>
        said.length === 0 ? null : (
          <>
            <p class="govuk-body govuk-!-margin-bottom-1">{title}:</p>
            <ul class="govuk-list govuk-list--bullet">
              {said.map(({ words }) => (
                <li>{words}</li>
              ))}
            </ul>
          </>
        ),
      )}
    </>
  )
}

/** How the abuse is now, with its dates and who says so. */
export function AbuseNow({ t, file }: Props) {
  const [newest] = file.story.abuse
  if (newest === undefined) return <span class="app-muted">{t('people.abuse.empty')}</span>
  const [state = '', ...more] = abuseLines(t, newest)
  return (
    <>
      <p class="govuk-body govuk-!-margin-bottom-1">{state}</p>
      {more.map((line) => (
        <p class="app-muted govuk-!-margin-bottom-1">{line}</p>
      ))}
    </>
  )
}

/** What was done, what it does to them, what they do to get through: one thread beside the other, each whole. */
export function Threads({ t, file }: Props) {
  const threads = threadsOf(t, file)
  if (threads.length === 0) return <span class="app-muted">{t('people.effects.empty')}</span>
  return (
    <>
      {threads.map((thread) => (
        <ThreadView t={t} thread={thread} />
      ))}
    </>
  )
}

function ThreadView({ t, thread }: { readonly t: Words; readonly thread: Thread }) {
  const part = (name: 'distress' | 'getsThrough') =>
    thread[name] === '' ? null : (
      <div class="app-thread__part">
        <strong>{t(`people.effects.${name}`)}</strong>
        <div>
          <Lines text={thread[name]} />
        </div>
      </div>
    )
  return (
    <div class="app-thread app-thread--three">
      <div class="app-thread__part">
        <strong>{t('people.effects.done')}</strong>
        {thread.done.map((line) => (
          <div>
            <Lines text={line} />
          </div>
        ))}
      </div>
      {part('distress')}
      {part('getsThrough')}
    </div>
  )
}

/** What whoever causes harm did, in the order of time, and what it did to each person. */
export function PatternRows({ t, file }: Props) {
  const { pattern } = file.story
  if (pattern.length === 0) return <span class="app-muted">{t('people.pattern.empty')}</span>
  return (
    <>
      {pattern.map((entry) => (
        <div class="app-thread">
          <div class="app-thread__part">
            <span class="app-muted">
              {periodText(t, entry)} · {doerText(t, file, entry)}
            </span>
            <div>
              <Lines text={entry.done} />
            </div>
            {entry.effects.map((effect) => (
              <div>
                {t('people.pattern.effect-line', {
                  name: cardName(t, file, effect.card),
                  words: effect.words,
                })}
              </div>
            ))}
          </div>
        </div>
      ))}
    </>
  )
}
