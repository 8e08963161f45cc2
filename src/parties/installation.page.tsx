import { Hono } from 'hono'
import { z } from 'zod'

import { rowOf, sectors } from '#platform/access'
import { newCookie } from '#platform/crypto'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { newestHead } from '#platform/ledger'
import type { Words } from '#platform/i18n'
import {
  Button,
  Input,
  InsetText,
  OneTimeSecret,
  PageHeading,
  Radios,
  Select,
  StaffPage,
  SummaryList,
} from '#platform/ui'

import { offerAsOperator, officeNamed } from './founding.store.ts'
import { paths, pathTo } from './paths.ts'

const Form = z.object({
  name: z.string('parties.begin.agency-missing').min(1, 'parties.begin.agency-missing').max(120),
  sector: z.enum(sectors, 'parties.begin.sector-missing'),
  pack: z.enum(['uk', 'us'], 'parties.installation.pack-missing'),
  area: z.string().max(120).optional(),
  /** Asked only where an organisation of this very name is written to by link: whether the agency is that one. */
  same: z.enum(['yes', 'no'], 'parties.installation.same-missing').optional(),
})

/** The operator's page: what this installation can and cannot show, its newest ledger head, and places for further agencies. No case, no person. */
export const installationPage = new Hono<MemberEnv>()

installationPage.get(paths.installation, needs('operate'), async (c) => c.html(await view(c.var, {}, {})))

installationPage.post(paths.installation, needs('operate'), async (c) => {
  const { db, actor, t, nav, config } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) return c.html(await view(c.var, form.values, form.errors), 422)
  const token = newCookie()
  const { name, sector, pack, area, same } = form.data
  const office = await officeNamed(db, name, pack)
  if (office !== null && same === undefined) {
    const errors = { same: t('parties.installation.same-missing') }
    return c.html(await view(c.var, { name, sector, pack, area: area ?? '', same: 'asked' }, errors), 422)
  }
  const offer = { name, sector, pack, area: area ?? '' }
  if (!(await offerAsOperator(db, rowOf(token), offer, same === 'yes' ? office : null))) return notFound(c)
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      title={t('parties.installation.offered')}
      back={paths.installation}
    >
      <PageHeading>{t('parties.installation.offered')}</PageHeading>
      <p class="govuk-body">{t('parties.installation.offered-text', { name })}</p>
      <OneTimeSecret
        label={t('parties.invite.link')}
        secret={config.publicUrl + pathTo(paths.begin, token)}
      />
    </StaffPage>,
  )
})

async function view(vars: MemberEnv['Variables'], values: FormValues, errors: FieldErrors) {
  const { db, actor, t, nav, config } = vars
  const newest = await newestHead(db)
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.installation}
      title={t('parties.installation.title')}
      errors={errors}
    >
      <PageHeading>{t('parties.installation.title')}</PageHeading>
      <InsetText>{t('parties.installation.running')}</InsetText>
      <p class="govuk-body">{t('parties.installation.erasing')}</p>
      <SummaryList
        rows={[
          { key: t('parties.installation.address'), value: config.publicUrl },
          {
            key: t('parties.installation.lines'),
            value: newest === null ? t('parties.installation.no-head') : t.number(newest.head.size),
          },
          {
            key: t('parties.installation.head-at'),
            value: newest === null ? '–' : t.dateTime(newest.head.at),
          },
        ]}
      />
      <OfferForm t={t} values={values} errors={errors} />
    </StaffPage>
  )
}

function OfferForm({
  t,
  values,
  errors,
}: {
  readonly t: Words
  readonly values: FormValues
  readonly errors: FieldErrors
}) {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  return (
    <form method="post" action={paths.installation} novalidate>
      <h2 class="govuk-heading-m">{t('parties.installation.offer')}</h2>
      <p class="govuk-body">{t('parties.installation.offer-text')}</p>
      <Input
        name="name"
        label={t('parties.installation.agency')}
        value={text('name')}
        error={errors['name']}
      />
      <Select
        name="sector"
        label={t('parties.begin.sector')}
        value={text('sector')}
        items={sectors.map((sector) => ({ value: sector, text: t(`parties.sector.${sector}`) }))}
        error={errors['sector']}
      />
      <Radios
        name="pack"
        legend={t('parties.installation.pack')}
        value={text('pack')}
        error={errors['pack']}
        inline
        items={[
          { value: 'uk', text: t('parties.installation.pack-uk') },
          { value: 'us', text: t('parties.installation.pack-us') },
        ]}
      />
      <Input name="area" label={t('parties.installation.area')} value={text('area')} error={errors['area']} />
      {text('same') === '' ? null : (
        <Radios
          name="same"
          legend={t('parties.installation.same', { name: text('name') })}
          hint={t('parties.installation.same-hint')}
          value={undefined}
          error={errors['same']}
          items={[
            { value: 'yes', text: t('parties.installation.same-yes') },
            { value: 'no', text: t('parties.installation.same-no') },
          ]}
        />
      )}
      <Button>{t('parties.installation.offer-go')}</Button>
    </form>
  )
}
