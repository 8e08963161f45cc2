import type { Words } from '#platform/i18n'
import { Button, type Content, Details, WarningText } from '#platform/ui'
import { needByCode, type Pack } from './facet.ts'
import type { Look, LookAnswer, Moved, NeedMoved } from './look.ts'
import { sentenceOf } from './sentence.rules.ts'
import type { ForbiddingRule } from './threshold.rules.ts'

interface LookProps {
  readonly t: Words
  readonly pack: Pack
  readonly answer: LookAnswer
  /** Rules that close part of what was chosen. */
  readonly rules: readonly ForbiddingRule[]
}

/** Around what a change does. With scripts it follows each choice; the button works without. */
export function LookFrame({ t, children }: { readonly t: Words; readonly children?: Content | null }) {
  return (
    <section class="app-look" aria-labelledby="look-title">
      <h2 class="govuk-heading-m" id="look-title">
        {t('directory.look.title')}
      </h2>
      <live-look data-stale={t('directory.look.stale')}>
        <div class="app-look__says" id="look-says">
          {children ?? <p class="govuk-body">{t('directory.look.stale')}</p>}
        </div>
      </live-look>
      <Button name="act" value="look" variant="secondary">
        {t('directory.clause.look')}
      </Button>
    </section>
  )
}

/** What a change does, in numbers and in words. The first paragraph is what is read out when it changes. */
export function LookResult({ t, pack, answer, rules }: LookProps) {
  if ('cannot' in answer)
    return (
      <p class="govuk-body" data-summary>
        {t(`directory.look.${answer.cannot}`)}
      </p>
    )
  return (
    <>
      <p class="govuk-body" data-summary>
        <strong class="app-look__share">{percent(t, answer.takes.share)}</strong>{' '}
        {t('directory.look.takes', {
          situations: grouped(t, answer.takes.situations),
          possible: grouped(t, answer.possible),
        })}{' '}
        {changeInWords(t, answer)}
      </p>
      {answer.open ? null : <p class="govuk-body">{t('directory.look.closed')}</p>}
      <Practice t={t} pack={pack} look={answer} rules={rules} />
      <h3 class="govuk-heading-s">{t('directory.look.gaps')}</h3>
      <Gaps t={t} pack={pack} needs={answer.needs} />
      <Figure t={t} look={answer} />
      {answer.circles.map(({ need }) => (
        <p class="govuk-body">{t('directory.look.circle', { need: needName(need) })}</p>
      ))}
      <p class="govuk-body-s app-look__estimate">{t('directory.look.estimate')}</p>
    </>
  )
}

function Practice({ t, pack, look, rules }: Omit<LookProps, 'answer'> & { readonly look: Look }) {
  if (rules.length === 0) return null
  return (
    <>
      <WarningText>{t('directory.look.forbidden')}</WarningText>
      {rules.map((each) => (
        <p class="govuk-body">
          {each.sentence} {t('directory.look.rule', { rule: each.rule })}
        </p>
      ))}
      <p class="govuk-body">{t('directory.look.forbidden-kept')}</p>
      <Details summary={t('directory.look.forbidden-why')}>
        {rules.map((each) => (
          <p class="govuk-body">{each.source}.</p>
        ))}
      </Details>
      <p class="govuk-body">
        {t(look.practice.length === 0 ? 'directory.look.practice-none' : 'directory.look.practice')}
      </p>
      {look.practice.map((need) => (
        <NeedPart t={t} pack={pack} need={need.need} moved={need.opens} word="directory.look.opens" />
      ))}
    </>
  )
}

function Gaps({
  t,
  pack,
  needs,
}: {
  readonly t: Words
  readonly pack: Pack
  readonly needs: readonly NeedMoved[]
}) {
  if (needs.length === 0) return <p class="govuk-body">{t('directory.look.no-gaps')}</p>
  return (
    <>
      {needs.map(({ need, opens, closes }) => (
        <>
          <NeedPart t={t} pack={pack} need={need} moved={opens} word="directory.look.opens" />
          <NeedPart t={t} pack={pack} need={need} moved={closes} word="directory.look.closes" />
        </>
      ))}
    </>
  )
}

function NeedPart({
  t,
  pack,
  need,
  moved,
  word,
}: {
  readonly t: Words
  readonly pack: Pack
  readonly need: string
  readonly moved: Moved | null
  readonly word: string
}) {
  if (moved === null) return null
  return (
    <div class={word.endsWith('opens') ? 'app-look__gap app-look__gap--opens' : 'app-look__gap'}>
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{needName(need)}:</strong>{' '}
        {t(word, { share: percent(t, moved.share), situations: grouped(t, moved.situations) })}
      </p>
      <Details summary={t('directory.look.whom')}>
        <ul class="govuk-list govuk-list--bullet">
          {moved.regions.map(({ when, situations }) => (
            <li>
              {sentenceOf(when, pack)} {t('directory.look.region', { situations: grouped(t, situations) })}
            </li>
          ))}
        </ul>
        {moved.complete ? null : <p class="govuk-body">{t('directory.look.and-more')}</p>}
      </Details>
    </div>
  )
}

function Figure({ t, look }: { readonly t: Words; readonly look: Look }) {
  const { now, then } = look.noWrongDoor
  if (now === null || then === null || percent(t, now) === percent(t, then)) return null
  return (
    <p class="govuk-body">{t('directory.look.figure', { now: percent(t, now), then: percent(t, then) })}</p>
  )
}

function changeInWords(t: Words, { more, fewer }: Look): string {
  if (more.situations === '0' && fewer.situations === '0') return t('directory.look.same')
  const part = (word: string, amount: Look['more']) =>
    amount.situations === '0'
      ? []
      : [t(word, { situations: grouped(t, amount.situations), share: percent(t, amount.share) })]
  return [...part('directory.look.more', more), ...part('directory.look.fewer', fewer)].join(' ')
}

function needName(need: string): string {
  return needByCode(need)?.label ?? need
}

/** Digits as the reader writes them, however many. */
function grouped(t: Words, digits: string): string {
  return new Intl.NumberFormat(t.lang).format(BigInt(digits))
}

function percent(t: Words, share: number): string {
  if (share > 0 && share < 0.001) return t('directory.look.tiny')
  return new Intl.NumberFormat(t.lang, { style: 'percent', maximumFractionDigits: 1 }).format(share)
}
