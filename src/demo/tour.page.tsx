import { Hono } from 'hono'

import type { SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, PageHeading, PlainPage, Tag } from '#platform/ui'

import { faceOf } from './look.ts'
import { paths } from './paths.ts'
import { stops } from './tour.ts'

const LIMITS = ['people', 'scale', 'reach', 'running', 'copies', 'later', 'checked'] as const

/** Seven stops, each a live page, and at the end what this cannot do. `?next=3` marks where one goes on. */
export function tourPage(): Hono<SiteEnv> {
  const page = new Hono<SiteEnv>()
  page.get(paths.tour, (c) => {
    const asked = Number(c.req.query('next') ?? '1')
    const next = Number.isInteger(asked) && asked >= 1 ? asked : 1
    return c.html(<Tour t={c.var.t} next={next} />)
  })
  return page
}

function Tour({ t, next }: { readonly t: Words; readonly next: number }) {
  return (
    <PlainPage t={t} title={t('demo.tour.title')} staff wide back="/">
      <PageHeading>{t('demo.tour.title')}</PageHeading>
      <p class="govuk-body-l">{t('demo.tour.lead')}</p>
      <p class="govuk-body">{t('demo.tour.back')}</p>
      <ol class="govuk-list">
        {stops.map((stop, at) => (
          <Stop t={t} id={stop.id} who={stop.as} number={at + 1} next={next} />
        ))}
      </ol>
      <h2 class="govuk-heading-l" id="limits">
        {t('demo.tour.limits.title')}
      </h2>
      <p class="govuk-body">{t('demo.tour.limits.lead')}</p>
      <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
        {LIMITS.map((each) => (
          <li>{t(`demo.tour.limits.${each}`)}</li>
        ))}
      </ul>
    </PlainPage>
  )
}

interface StopProps {
  readonly t: Words
  readonly id: string
  readonly who: string
  readonly number: number
  readonly next: number
}

function Stop({ t, id, who, number, next }: StopProps) {
  const face = faceOf(who)
  return (
    <li class="app-card" id={`stop-${number}`}>
      <h2 class="govuk-heading-m govuk-!-margin-bottom-1">
        {t('demo.tour.number', { number })} {t(`demo.tour.stop.${id}.title`)}{' '}
        {number === next ? <Tag>{t('demo.tour.next')}</Tag> : null}
      </h2>
      <p class="govuk-body app-muted govuk-!-margin-bottom-2">
        {t('demo.tour.as', { name: face.name, job: face.job, agency: face.agency })}
      </p>
      <p class="govuk-body">{t(`demo.tour.stop.${id}.look`)}</p>
      <form method="post" action={paths.look}>
        <input type="hidden" name="stop" value={String(number)} />
        <ButtonGroup>
          <Button {...(number === next ? {} : { variant: 'secondary' as const })}>{t('demo.tour.go')}</Button>
          {number === next ? <Onward t={t} number={number + 1} /> : null}
        </ButtonGroup>
      </form>
    </li>
  )
}

function Onward({ t, number }: { readonly t: Words; readonly number: number }) {
  const ends = number > stops.length
  return (
    <a class="govuk-link" href={`${paths.tour}?next=${number}#${ends ? 'limits' : `stop-${number}`}`}>
      {ends ? t('demo.tour.end') : t('demo.tour.on', { number })}
    </a>
  )
}
