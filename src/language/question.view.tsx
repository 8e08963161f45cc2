import type { MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, PageHeading, StaffPage, TextArea } from '#platform/ui'

import type { Advice } from './hint.rules.ts'
import { paths, placesFirst } from './paths.ts'
import type { Question } from './question.ts'

type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

/** The text once more, to change or to keep. Everything else of the form travels along unseen; nothing is stored. */
export function questionPage(screen: Screen, question: Question) {
  const { t } = screen
  const shown = question.flagged.map((field) => field.name)
  return (
    <StaffPage t={t} actor={screen.actor} nav={screen.nav} title={t('language.ask.title')}>
      <PageHeading>{t('language.ask.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('language.ask.lead')}</p>
      <form method="post" action={question.action} novalidate>
        <Carried fields={question.fields} without={shown} />
        {question.flagged.map((field) => (
          <>
            <TextArea
              name={field.name}
              label={field.label || t('language.ask.text')}
              labelSize="m"
              value={field.text}
              rows={Math.min(14, Math.max(4, Math.ceil(field.text.length / 60)))}
            />
            <div class="app-wording">
              <AdviceList t={t} advice={field.advice} />
              <p class="app-wording__quote">{t('language.hint.quote')}</p>
            </div>
          </>
        ))}
        <ButtonGroup>
          <Button>{t('language.ask.change')}</Button>
          <Button variant="secondary" attributes={{ form: 'as-written' }}>
            {t('language.ask.keep')}
          </Button>
        </ButtonGroup>
      </form>
      <form method="post" action={question.action} id="as-written">
        <Carried fields={question.fields} without={[]} />
      </form>
      {/* After the buttons, so that keeping the text stays one step away. */}
      {question.flagged.some(({ advice }) => advice.some((one) => one.blames)) ? (
        <First t={t} action={question.action} />
      ) : null}
      <p class="govuk-body">
        {/* In a window of its own: what was typed here stands nowhere else. */}
        <a class="govuk-link" href={paths.table} target="_blank" rel="noopener">
          {t('language.hint.about')}
        </a>
      </p>
    </StaffPage>
  )
}

function Carried(p: { readonly fields: Question['fields']; readonly without: readonly string[] }) {
  const carried = p.fields.filter(([name]) => !p.without.includes(name) && !/^wording(-label)?$/.test(name))
  return (
    <>
      {carried.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="wording-asked" value="1" />
    </>
  )
}

/** Where what was done, and what was done against it, belongs first. In windows of their own, as nothing is saved yet. */
function First({ t, action }: { readonly t: Words; readonly action: string }) {
  const places = placesFirst(action)
  if (places.length === 0) return null
  return (
    <>
      <p class="govuk-body app-measure">{t('language.hint.first')}</p>
      <ul class="govuk-list">
        {places.map(({ word, href }) => (
          <li>
            <a class="govuk-link" href={href} target="_blank" rel="noopener">
              {t(`language.hint.${word}`)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What was noticed, why, and what could stand there. */
function AdviceList({ t, advice }: { readonly t: Words; readonly advice: readonly Advice[] }) {
  return (
    <ul class="app-wording__list">
      {advice.map((one) => (
        <li class="app-wording__one">
          <strong>{one.words.map((words) => `“${words}”`).join(', ')}</strong> {one.why}
          <br />
          <span class="app-wording__instead">{t('language.hint.instead')}</span> {one.suggest.join(' ')}
        </li>
      ))}
    </ul>
  )
}
