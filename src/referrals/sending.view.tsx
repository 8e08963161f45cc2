import { capacityText, type ServiceDetail } from '#directory'
import type { Words } from '#platform/i18n'
import { AsOf, type Content, type Step, StepList, SummaryList, Lines } from '#platform/ui'
import { type HeldItem, releasePath } from '#releases'

/** Where somebody is in making a permission: four steps, each with its page once it can be gone back to. */
export function SendingSteps(p: {
  readonly t: Words
  readonly caseId: string
  readonly releaseId: string | null
  readonly current: 'pick' | 'talk' | 'turn' | 'send'
}) {
  const { t, caseId, releaseId } = p
  const order = ['pick', 'talk', 'turn', 'send'] as const
  const at = order.indexOf(p.current)
  const pages = { pick: 'draft', talk: 'talk', turn: 'turn', send: 'send' } as const
  const steps = order.map((step, index): Step => {
    const state = index < at ? 'done' : index === at ? 'current' : 'next'
    const href =
      state === 'done' && step !== 'turn' && releaseId !== null
        ? { href: releasePath(pages[step], caseId, releaseId) }
        : {}
    return { text: t(`releases.sending.step.${step}`), state, ...href }
  })
  return <StepList label={t('releases.sending.steps')} steps={steps} />
}

/** To whom: agency, service, its wait with its date. */
export function RecipientRows({
  t,
  service,
  to,
}: {
  readonly t: Words
  readonly service: ServiceDetail
  readonly to: string
}) {
  return (
    <SummaryList
      compact
      rows={[
        { key: t('releases.sending.agency'), value: to },
        { key: t('releases.sending.service'), value: service.name },
        { key: t('releases.sending.wait'), value: <Wait t={t} service={service} /> },
      ]}
    />
  )
}

/** The wait as told, and how old that is. */
export function Wait({ t, service }: { readonly t: Words; readonly service: ServiceDetail }) {
  return (
    <>
      {capacityText(t, service.capacity)}{' '}
      {service.capacity === null ? null : <AsOf t={t} date={service.capacity.asOf} />}
    </>
  )
}

/** An item in a list of things to tick: its name, then its words. */
export function itemLabel(item: HeldItem): Content {
  return <span class="govuk-!-font-weight-bold">{item.title}</span>
}

/** The words of an item, as the hint under it. */
export function itemHint(item: HeldItem, more: Content): Content {
  return (
    <>
      <Lines text={item.text} />
      {more}
    </>
  )
}
