import { Hono } from 'hono'

import { directoryPaths, havingPartnerDetail, needByCode, needs as allNeeds } from '#directory'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Details, EmptyState, InsetText, Select, TermNotes, WarningText } from '#platform/ui'

import { facetQuestion } from './answer.view.ts'
import type { CaseFile } from './case.ts'
import { type Screen, TaskFrame } from './frame.view.tsx'
import type { Menu } from './menu.ts'
import { menuFor } from './menu.actions.ts'
import { bestToAsk } from './menu.rules.ts'
import { MenuPart, type MenuReader } from './menu.view.tsx'
import { casePath, paths } from './paths.ts'
import { fileOf } from './task.ts'
import { countUnmet, whyEmpty } from './unmet.actions.ts'
import { wishText } from './wish.view.ts'

/** Which of these names of agencies stand in what the person said; the room that judges releases knows when one does. */
export type NamedAgencies = (
  said: string,
  agencies: readonly { readonly partyId: string; readonly name: string }[],
) => ReadonlySet<string>

/** What was tried already for a case, a line for each service; the room that sends knows. */
export type TriedSource = (
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
) => Promise<ReadonlyMap<string, string>>

/**
 * Who can help, for one need or for all of them; nothing here leaves the agency. Where nobody takes the person for a need they
 * named, that is counted, without the person.
 */
export function menuPage(namedAgencies: NamedAgencies, triedFor: TriedSource): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.menu, needs('case:read'), async (c) => {
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    const codes = [...new Set(file.needs.flatMap((need) => (need.code === '' ? [] : [need.code])))]
    const need = chosenNeed(c.req.query('need'), codes)
    if (need === null) return c.html(<NoNeed screen={c.var} file={file} />)
    const said = file.danger?.notSafeToTalkTo ?? ''
    const menu = await menuFor(c.var.db, {
      situation: file.situation,
      wishes: file.wishes.list,
      pack: c.var.actor.pack,
      need: need === 'all' ? codes : need,
      harmNamed: file.personsCausingHarm.length > 0,
      notSafe: (name) => said !== '' && namedAgencies(said, [{ partyId: name, name }]).size > 0,
    })
    const gap = codes.includes(need) ? whyEmpty(menu) : null
    if (gap !== null) await countUnmet(c.var.db, c.var.actor, file, need, gap)
    const tried = await triedFor(c.var.db, c.var.actor, c.var.t, file)
    const listed = [menu.takes, menu.nextSteps, menu.asks, menu.depends, menu.no].flat()
    const more = await havingPartnerDetail(
      c.var.db,
      listed.map((entry) => entry.service.id),
    )
    return c.html(<MenuPageView {...{ screen: c.var, file, menu, codes, need, more, tried }} />)
  })
  return page
}

/** The need of the address, else the first one the person named; `all` when they have several and it is asked for. */
function chosenNeed(asked: string | undefined, codes: readonly string[]): string | null {
  if (asked === 'all' && codes.length > 0) return 'all'
  if (asked !== undefined && needByCode(asked) !== null) return asked
  return codes[0] ?? null
}

function NoNeed({ screen, file }: { readonly screen: Screen; readonly file: CaseFile }) {
  const { t } = screen
  return (
    <TaskFrame screen={screen} file={file} title={t('people.menu.title')}>
      <EmptyState title={t('people.menu.no-need')}>
        <p class="govuk-body">{t('people.menu.no-need-text')}</p>
        <Button href={casePath('needs', file.caseId)}>{t('people.needs.title')}</Button>
      </EmptyState>
      <Another t={t} file={file} />
    </TaskFrame>
  )
}

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
  readonly menu: Menu
  readonly codes: readonly string[]
  readonly need: string
  readonly more: ReadonlySet<string>
  readonly tried: ReadonlyMap<string, string>
}

function MenuPageView(p: Props) {
  const { t, actor } = p.screen
  const { file, menu } = p
  const reader: MenuReader = {
    t,
    caseId: file.caseId,
    partyId: actor.partyId,
    refers: mayDo(actor.roles, 'release:write') && mayDo(actor.roles, 'referral:write'),
    need: p.need,
    nameless: false,
    more: p.more,
    tried: p.tried,
  }
  return (
    <TaskFrame screen={p.screen} file={file} title={t('people.menu.title')} lead={t('people.menu.lead')}>
      <Filter {...p} />
      {menu.possible ? null : <WarningText>{t('people.menu.impossible')}</WarningText>}
      <Missing t={t} file={file} menu={menu} />
      <OrderedBy t={t} file={file} />
      <MenuPart
        reader={reader}
        part="takes"
        entries={menu.takes}
        total={menu.totals.takes - menu.asks.length}
      />
      {menu.takes.length === 0 ? (
        <MenuPart reader={reader} part="next" entries={menu.nextSteps} always />
      ) : null}
      <MenuPart reader={reader} part="asks" entries={menu.asks} />
      <MenuPart reader={reader} part="depends" entries={menu.depends} total={menu.totals.depends} />
      {menu.no.length === 0 ? null : (
        <Details
          summary={t('people.menu.part.no', { count: menu.no.length })}
          open={menu.takes.length + menu.asks.length + menu.depends.length === 0}
        >
          <MenuPart reader={reader} part="no" entries={menu.no} total={menu.totals.no} />
        </Details>
      )}
      {menu.withheld === 0 ? null : (
        <InsetText>
          <p class="govuk-body">{t('people.menu.withheld', { count: menu.withheld })}</p>
          <p class="govuk-body">{t('people.menu.withheld-instead')}</p>
        </InsetText>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={directoryPaths.others}>
          {t('people.menu.apart')}
        </a>
      </p>
      {reader.refers && menu.takes.length === 0 ? (
        <p class="govuk-body">
          <a class="govuk-link" href={casePath('nowhere', file.caseId)}>
            {t('people.menu.nowhere')}
          </a>
        </p>
      ) : null}
      <Another t={t} file={file} />
      <TermNotes t={t} terms={['referral']} />
    </TaskFrame>
  )
}

/** One link for each need the person named, in their order. */
function Filter(p: Props) {
  const { t } = p.screen
  if (p.codes.length < 2)
    return <p class="govuk-body">{t('people.menu.for', { need: needByCode(p.need)?.label ?? '' })}</p>
  const links = [...p.codes, 'all']
  return (
    <nav aria-label={t('people.menu.filter')}>
      <ul class="govuk-list">
        {links.map((code) => (
          <li>
            <a
              class={code === p.need ? 'govuk-link govuk-!-font-weight-bold' : 'govuk-link'}
              href={`${casePath('menu', p.file.caseId)}?need=${code}`}
              aria-current={code === p.need ? 'true' : undefined}
            >
              {code === 'all' ? t('people.menu.all') : (needByCode(code)?.label ?? code)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The one question that settles most, first; it leads to its page and back. *Not now* is not asked again. */
function Missing({ t, file, menu }: { readonly t: Words; readonly file: CaseFile; readonly menu: Menu }) {
  const best = bestToAsk(menu.depends, file.answers)
  if (best === null) return null
  return (
    <InsetText>
      <p class="govuk-body">{t('people.menu.missing', { count: best.settles })}</p>
      <p class="govuk-body govuk-!-margin-bottom-0">
        <a class="govuk-link" href={`${casePath('situation', file.caseId)}?ask=${best.facet}&back=menu`}>
          {facetQuestion(t, best.facet)}
        </a>
      </p>
    </InsetText>
  )
}

/** Why the list stands in this order. */
function OrderedBy({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  const wishes = file.wishes.list.map((wish) => wishText(t, wish))
  return (
    <p class="govuk-body-s">
      {wishes.length === 0
        ? t('people.menu.order-name')
        : t('people.menu.order', { wishes: wishes.join('; ') })}{' '}
      <a class="govuk-link" href={casePath('wishes', file.caseId)}>
        {t('people.menu.order-change')}
      </a>
    </p>
  )
}

function Another({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  return (
    <form method="get" action={casePath('menu', file.caseId)}>
      <Select
        name="need"
        label={t('people.menu.another')}
        items={allNeeds.map((need) => ({ value: need.id, text: need.label }))}
      />
      <Button variant="secondary">{t('people.menu.another-go')}</Button>
    </form>
  )
}
