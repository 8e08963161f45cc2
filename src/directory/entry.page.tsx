import { type Context, Hono } from 'hono'
import { members } from '#parties'
import type { Words } from '#platform/i18n'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import {
  AsOf,
  Button,
  type Content,
  Input,
  InsetText,
  NotificationBanner,
  Radios,
  TextArea,
  WarningText,
} from '#platform/ui'
import { CapacityForm } from './editor.ts'
import { setCapacity } from './editor.actions.ts'
import { WhyField } from './edit-form.view.tsx'
import { EditorFrame } from './editor-frame.view.tsx'
import { looksAfter } from './editor.store.ts'
import { capacityStates } from './listing.ts'
import { Kept } from './kept.view.tsx'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail, StoredThreshold } from './service.ts'
import { serviceById } from './service.store.ts'
import { setHereOf } from './set-here.store.ts'
import { SetHere } from './set-here.view.tsx'
import { capacityText, serviceNeeds } from './service.view.ts'
import { conditionInWords, forbiddenSentence } from './threshold.rules.ts'
import { keeperOf } from './upkeep.store.ts'

export const entryPage = new Hono<MemberEnv>()

/** One entry: room and wait in one form, and who it is for, clause by clause. */
entryPage.get(routePaths.entry, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  return service === null
    ? notFound(c)
    : c.html(
        <Entry
          c={c}
          service={service}
          kept={await keptOf(c, service)}
          values={valuesOf(service)}
          errors={{}}
        />,
      )
})

entryPage.post(routePaths.entry, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, CapacityForm)
  if (!form.ok)
    return c.html(
      <Entry
        c={c}
        service={service}
        kept={await keptOf(c, service)}
        values={form.values}
        errors={form.errors}
      />,
      422,
    )
  const done = await setCapacity(c.var.db, c.var.actor, service.id, form.data)
  if (!('refused' in done)) return c.redirect(paths.saved(service.id), 303)
  if (done.refused !== 'address') return notFound(c)
  const errors = { note: c.var.t('directory.refusal.address') }
  const typed = Object.fromEntries(Object.entries(form.data).map(([name, value]) => [name, String(value)]))
  const kept = await keptOf(c, service)
  return c.html(<Entry c={c} service={service} kept={kept} values={typed} errors={errors} />, 422)
})

/** The entry in the address, where this agency looks after it; else null, as for one that is not there. */
export async function ownEntry(c: Context<MemberEnv>): Promise<ServiceDetail | null> {
  const service = await serviceById(c.var.db, c.req.param('id') ?? '')
  if (service === null || !(await looksAfter(c.var.db, c.var.actor.partyId, service.id))) return null
  return service
}

/** What of it no file changes, and who keeps the entry, with the colleague's name where they are one of the reader's own agency. */
async function keptOf(c: Context<MemberEnv>, service: ServiceDetail) {
  const { t, db, actor } = c.var
  const keeper = await keeperOf(db, service.id)
  const named = keeper.partyId === actor.partyId && keeper.ownerId !== null
  const owner = named
    ? (await members(db, actor)).find((each) => each.accountId === keeper.ownerId)
    : undefined
  return (
    <>
      <Kept t={t} service={service} keeper={keeper} ownerName={owner?.card.name ?? null} />
      <SetHere t={t} action={paths.setHere(service.id)} fields={await setHereOf(db, service.id)} />
    </>
  )
}

interface EntryProps {
  readonly c: Context<MemberEnv>
  readonly service: ServiceDetail
  readonly kept: Content
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

function Entry({ c, service, kept, values, errors }: EntryProps) {
  const { t } = c.var
  return (
    <EditorFrame
      screen={c.var}
      title={service.name}
      caption={service.organizationName}
      errors={errors}
      above={
        c.req.query('saved') === undefined ? null : (
          <NotificationBanner kind="success">{t('directory.saved')}</NotificationBanner>
        )
      }
    >
      <p class="govuk-body">
        {capacityText(t, service.capacity)}{' '}
        {service.capacity === null ? null : <AsOf t={t} date={service.capacity.asOf} />}
      </p>
      <See t={t} service={service} />
      {kept}
      <Pages t={t} service={service} />
      <CapacityFields t={t} action={paths.entry(service.id)} values={values} errors={errors} />
      <h2 class="govuk-heading-m">{t('directory.clause.title')}</h2>
      {service.thresholds.map((each) => (
        <Clause t={t} service={service} clause={each} />
      ))}
      <Button variant="secondary" href={paths.clause(service.id, 'new')}>
        {t('directory.clause.new')}
      </Button>
      <h2 class="govuk-heading-m">{t('directory.first.title')}</h2>
      <p class="govuk-body">
        {service.afterNeeds.length === 0
          ? t('directory.first.nothing')
          : t('directory.service.after-text', { needs: t.list(serviceNeeds(service.afterNeeds)) })}{' '}
        <a class="govuk-link" href={paths.first(service.id)}>
          {t('directory.first.change')}
        </a>
      </p>
      <h2 class="govuk-heading-m">{t('directory.history.title')}</h2>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.history(service.id)}>
          {t('directory.history.link')}
        </a>
        <br />
        <a class="govuk-link" href={paths.organizationHistory(service.id)}>
          {t('directory.history.organization-link')}
        </a>
      </p>
    </EditorFrame>
  )
}

/** The pages on which each part of what people read is changed. */
function Pages({ t, service }: { readonly t: Words; readonly service: ServiceDetail }) {
  return (
    <>
      <h2 class="govuk-heading-m">{t('directory.editor.parts')}</h2>
      <ul class="govuk-list">
        {(
          [
            'about',
            'works',
            'reach',
            'places',
            'times',
            'visit',
            'paying',
            'people',
            'terms',
            'organization',
            'contacts',
          ] as const
        ).map((page) => (
          <li>
            <a class="govuk-link" href={paths[page](service.id)}>
              {t(`directory.editor.${page}`)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The way to the page that everybody sees; or that there is none, as it is off the list. */
function See({ t, service }: { readonly t: Words; readonly service: ServiceDetail }) {
  return service.status === 'inactive' || service.status === 'defunct' ? (
    <WarningText>{t('directory.about.off', { page: t('directory.editor.about') })}</WarningText>
  ) : (
    <p class="govuk-body">
      <a class="govuk-link" href={paths.service(service.id)}>
        {t('directory.editor.see')}
      </a>
    </p>
  )
}

function CapacityFields({
  t,
  action,
  values,
  errors,
}: {
  readonly t: Words
  readonly action: string
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const number = (name: string, label: string) => (
    <Input
      name={name}
      label={t(label)}
      value={text(name)}
      error={errors[name]}
      width={4}
      inputmode="numeric"
    />
  )
  return (
    <form method="post" action={action}>
      <Radios
        name="state"
        legend={t('directory.capacity.state')}
        legendSize="m"
        value={text('state')}
        error={errors['state']}
        items={capacityStates.map((state) => ({
          value: state,
          text: t(`directory.capacity.choose-${state}`),
        }))}
      />
      {number('places', 'directory.capacity.places')}
      <p class="govuk-hint">{t('directory.capacity.wait-hint')}</p>
      {number('waitWeeks', 'directory.capacity.wait-from')}
      {number('waitWeeksTo', 'directory.capacity.wait-to')}
      <TextArea
        name="note"
        label={t('directory.capacity.note')}
        value={text('note')}
        error={errors['note']}
        rows={2}
      />
      <WhyField t={t} filled={{ values, errors }} />
      <Button>{t('directory.capacity.save')}</Button>
    </form>
  )
}

function Clause({
  t,
  service,
  clause,
}: {
  readonly t: Words
  readonly service: ServiceDetail
  readonly clause: StoredThreshold
}) {
  const words = conditionInWords(clause.condition, service.pack)
  return (
    <div class="govuk-!-margin-bottom-6">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>
          {clause.soft ? t('directory.service.ask-first', { sentence: clause.sentence }) : clause.sentence}
        </strong>{' '}
        <a class="govuk-link" href={paths.clause(service.id, clause.position)}>
          {t('directory.clause.change')}
          <span class="govuk-visually-hidden">: {clause.sentence}</span>
        </a>
      </p>
      <ul class="govuk-list govuk-list--bullet govuk-!-margin-bottom-1">
        {(words.length === 0 ? [t('directory.clause.everybody')] : words).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {clause.reviewedOn === null ? null : (
        <p class="govuk-body-s">
          {t('directory.clause.reviewed', { date: t.date(clause.reviewedOn), owner: clause.owner })}
        </p>
      )}
      {clause.forbiddenRule === null ? null : (
        <InsetText>
          <strong>{t('directory.clause.closed-title')}.</strong>{' '}
          {t('directory.clause.closed-text', {
            sentence: forbiddenSentence(clause.forbiddenRule) ?? '',
            rule: clause.forbiddenRule,
          })}
        </InsetText>
      )}
    </div>
  )
}

function valuesOf(service: ServiceDetail): FormValues {
  const { capacity } = service
  if (capacity === null) return {}
  const text = (value: number | null) => (value === null ? '' : String(value))
  return {
    state: capacity.state,
    places: text(capacity.places),
    waitWeeks: text(capacity.waitWeeks),
    waitWeeksTo: text(capacity.waitWeeksTo),
    note: capacity.note ?? '',
  }
}
