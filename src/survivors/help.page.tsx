import { Hono } from 'hono'

import type { AppEnv } from '#platform/http'
import type { Words } from '#platform/i18n'

import { OpenPage, Part, Prose } from './calm.view.tsx'
import { freshness } from './help-line.rules.ts'
import type { HelpLine } from './help-line.ts'
import type { OpenPages } from './open-pages.ts'
import { openPaths } from './paths.ts'

/** Numbers to ring or write to, each with the day it was checked. */
export function helpPage(pages: OpenPages): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get(openPaths.help, (c) => c.html(<Help t={c.var.t} lines={pages.helpLines} today={pages.today()} />))
  return page
}

function Help(p: {
  readonly t: Words
  readonly lines: readonly HelpLine[]
  readonly today: Temporal.PlainDate
}) {
  const { t, lines, today } = p
  return (
    <OpenPage t={t} title={t('survivors.help.title')}>
      <Part title={t('survivors.help.emergency.title')} text={t('survivors.help.emergency.text')} />
      <Part title={t('survivors.help.lines')}>
        {lines.map((line) => (
          <Line t={t} line={line} today={today} />
        ))}
        {lines.length === 0 ? <Prose text={t('survivors.help.none')} /> : null}
      </Part>
      <Part title={t('survivors.help.trace.title')} text={t('survivors.help.trace.text')} />
    </OpenPage>
  )
}

function Line(p: { readonly t: Words; readonly line: HelpLine; readonly today: Temporal.PlainDate }) {
  const { t, line } = p
  return (
    <div class="govuk-!-margin-bottom-6">
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{line.name}</h3>
      <p class="govuk-body govuk-!-margin-bottom-1">{line.about}</p>
      <p class="govuk-body govuk-!-margin-bottom-1">
        {line.phone ? (
          <a class="govuk-link" href={`tel:${line.phone.replaceAll(/[^\d+]/g, '')}`}>
            {t('survivors.help.phone', { phone: line.phone })}
          </a>
        ) : null}
        {line.phone && line.text ? <br /> : null}
        {line.text ? t('survivors.help.text', { text: line.text }) : null}
      </p>
      <p class="govuk-body-s">{checkOf(t, line, p.today)}</p>
    </div>
  )
}

function checkOf(t: Words, line: HelpLine, today: Temporal.PlainDate): string {
  const state = freshness(line, today)
  return state === 'never' || line.checkedOn === null
    ? t('survivors.help.never')
    : t(`survivors.help.${state}`, { date: t.date(line.checkedOn) })
}
