import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { facetById, needByCode, serviceById, type ServiceDetail } from '#directory'
import { acceptedKeys } from '#parties'
import { type CaseFile, casePath, openFile, subjectOf } from '#people'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, InsetText, PageHeading, StaffPage } from '#platform/ui'

import type { Ask } from './letter.ts'
import { pictureRows } from './letter.view.ts'
import { paths, threadPath } from './paths.ts'
import { ownContact } from './task.ts'
import { startAndSend } from './thread.actions.ts'
import { listOf } from './typed.view.ts'
import { replyDue } from './when.rules.ts'

const Form = z.object({
  service: z.string().max(60),
  facets: z.array(z.string().max(60)).max(40),
  needs: z.array(z.string().max(60)).max(20),
  now: z.literal('yes').optional(),
})

export const askPage = new Hono<MemberEnv>()

/** From a case: "would you take somebody like this?", with the details that this service asks about and no name. */
askPage.get(paths.ask, needs('referral:write'), async (c) => {
  const asked = await askedOf(c, c.req.query('service') ?? '')
  return asked === null ? notFound(c) : c.html(<AskTask c={c} {...asked} values={{}} />)
})

askPage.post(paths.ask, needs('referral:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return notFound(c)
  const asked = await askedOf(c, form.data.service)
  if (asked === null) return notFound(c)
  const { db, actor, t } = c.var
  const { file, service } = asked
  const values: FormValues = { facets: form.data.facets, needs: form.data.needs }
  if (service.partyId === null) return c.html(<AskTask c={c} {...asked} values={values} />, 409)
  const facets = facetsOf(file).filter(([id]) => form.data.facets.includes(id))
  const wanted = codesOf(file).filter((code) => form.data.needs.includes(code))
  const withSomeone = form.data.now === 'yes'
  const dueAt = replyDue(Temporal.Now.instant(), t.timeZone, withSomeone)
  const body: Ask = {
    about: 'ask',
    service: { id: service.id, name: service.name },
    facets: Object.fromEntries(facets),
    needs: wanted,
    withSomeone,
    ringBack: await ownContact(c),
  }
  const sent = await startAndSend(
    db,
    actor,
    {
      kind: 'ask',
      toParty: service.partyId,
      serviceId: service.id,
      serviceName: service.name,
      ofCase: file.key,
      comesBack: 'outcome',
      dueAt,
      body: { who: subjectOf(file.cards)?.name ?? '' },
    },
    { kind: 'ask', body },
  )
  if ('refused' in sent) return c.html(<AskTask c={c} {...asked} values={values} />, 409)
  return c.redirect(`${threadPath('thread', sent.threadId)}?done=asked`, 303)
})

interface Asked {
  readonly file: CaseFile
  readonly service: ServiceDetail
  /** A partner whose key we have accepted: otherwise only the telephone is left. */
  readonly canAsk: boolean
}

async function askedOf(c: Context<MemberEnv>, serviceId: string): Promise<Asked | null> {
  const { db, actor } = c.var
  const service = await serviceById(db, serviceId)
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (service === null || file === null) return null
  const { partyId } = service
  const canAsk = partyId !== null && !('refused' in (await acceptedKeys(db, actor, partyId)))
  return { file, service, canAsk }
}

function facetsOf(file: CaseFile): readonly (readonly [string, string | number])[] {
  return Object.entries(file.situation).flatMap(([id, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[id, value] as const] : [],
  )
}

function codesOf(file: CaseFile): readonly string[] {
  return [...new Set(file.needs.map((need) => need.code).filter((code) => code !== ''))]
}

/** The details that the service's own rules look at: nothing more is ticked beforehand. */
function asksAbout(service: ServiceDetail): ReadonlySet<string> {
  return new Set(['who', ...service.thresholds.flatMap((threshold) => Object.keys(threshold.condition))])
}

function AskTask(p: Asked & { readonly c: Context<MemberEnv>; readonly values: FormValues }) {
  const { c, file, service } = p
  const { t } = c.var
  const back = casePath('menu', file.caseId)
  return (
    <StaffPage
      t={t}
      actor={c.var.actor}
      nav={c.var.nav}
      current={paths.list}
      title={t('referrals.ask.title')}
      back={{ href: back }}
    >
      <PageHeading caption={`${service.name}, ${service.organizationName}`}>
        {t('referrals.ask.title')}
      </PageHeading>
      {p.canAsk ? (
        <form method="post" action={paths.ask.replace(':id', file.caseId)} novalidate>
          <input type="hidden" name="service" value={service.id} />
          <p class="govuk-body app-measure">{t('referrals.ask.lead')}</p>
          <Picture c={c} file={file} service={service} values={p.values} />
          <Checkboxes
            name="now"
            small
            legend={t('referrals.ask.now-legend')}
            items={[{ value: 'yes', text: t('referrals.ask.now') }]}
          />
          <ButtonGroup>
            <Button>{t('referrals.ask.go')}</Button>
            <a class="govuk-link" href={back}>
              {t('referrals.cancel')}
            </a>
          </ButtonGroup>
        </form>
      ) : (
        <InsetText>
          {t('referrals.ask.no-partner', {
            agency: service.organizationName,
            phone: service.phones[0]?.number ?? service.organizationName,
          })}
        </InsetText>
      )}
    </StaffPage>
  )
}

/** What goes along: a tick for each detail and each need. */
function Picture(p: Omit<Asked, 'canAsk'> & { readonly c: Context<MemberEnv>; readonly values: FormValues }) {
  const { file, service } = p
  const { t } = p.c.var
  const about = asksAbout(service)
  const facets = facetsOf(file)
  const ticked = (name: string, usual: readonly string[]) =>
    p.values[name] === undefined ? usual : listOf(p.values, name)
  return (
    <>
      {facets.length === 0 ? null : (
        <Checkboxes
          name="facets"
          small
          legend={t('referrals.ask.facets')}
          hint={t('referrals.ask.facets-hint')}
          items={facets.map(([id, value]) => ({
            value: id,
            text: facetById(id, t.pack)?.label ?? id,
            hint: pictureRows(t, { [id]: value })[0]?.value ?? '',
          }))}
          values={ticked(
            'facets',
            facets.map(([id]) => id).filter((id) => about.has(id)),
          )}
        />
      )}
      {codesOf(file).length === 0 ? null : (
        <Checkboxes
          name="needs"
          small
          legend={t('referrals.ask.needs')}
          items={codesOf(file).map((code) => ({ value: code, text: needByCode(code)?.label ?? code }))}
          values={ticked(
            'needs',
            codesOf(file).filter((code) => service.needs.includes(code)),
          )}
        />
      )}
    </>
  )
}
