import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { mayDo } from '#platform/access'
import { type FieldErrors, type MemberEnv, needs, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Details, PageHeading, Radios, StaffPage, Tag } from '#platform/ui'

import { ownPath, paths, rowPath } from './paths.ts'
import { sampleOf } from './sample.rules.ts'
import { setSeverity } from './setting.actions.ts'
import { settingOf } from './setting.store.ts'
import type { Setting } from './setting.ts'
import sources from './sources.json' with { type: 'json' }
import { type Part, parts, type Row, saidOf } from './table.ts'
import { mostCharacters } from './token.rules.ts'

const sourceTexts: Readonly<Record<string, string>> = sources

const Form = z.object({ severity: z.enum(['1', '2'], 'language.setting.severity-missing') })

export const tablePage = new Hono<MemberEnv>()

/** The whole table, for whoever wonders why a hint came, or why none did. */
tablePage.get(paths.table, needs('home'), (c) => show(c, {}))

/** For leads: from which severity on the helper speaks. */
tablePage.post(paths.table, needs('case:lead'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors)
  await setSeverity(c.var.db, c.var.actor, form.data.severity === '1' ? 1 : 2)
  return c.redirect(paths.table, 303)
})

interface Shown {
  readonly t: Words
  readonly setting: Setting
  /** The reader may change it. */
  readonly leads: boolean
}

async function show(c: Context<MemberEnv>, errors: FieldErrors) {
  const { db, actor, t, nav } = c.var
  const setting = await settingOf(db, actor)
  const shown = { t, setting, leads: mayDo(actor.roles, 'case:lead') }
  const groups = [...new Set(parts.map((part) => part.group))]
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.table}
      title={t('language.table.title')}
      errors={errors}
    >
      <PageHeading>{t('language.table.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('language.table.lead')}</p>
      <ul class="govuk-list govuk-list--bullet app-measure">
        {(['suggests', 'quotes', 'own', 'nothing-kept'] as const).map((point) => (
          <li>{t(`language.table.point.${point}`)}</li>
        ))}
        <li>{t(`language.table.point.strength-${setting.severity}`)}</li>
        <li>{t('language.table.point.long', { count: mostCharacters, number: t.number(mostCharacters) })}</li>
      </ul>
      {shown.leads ? <SeverityForm {...shown} error={errors['severity']} /> : null}
      {setting.off.length === 0 ? null : <OffRows {...shown} />}
      <OwnRows {...shown} />
      {groups.map((group) => (
        <Group {...shown} group={group} parts={parts.filter((part) => part.group === group)} />
      ))}
    </StaffPage>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function SeverityForm({ t, setting, error }: Shown & { readonly error: string | undefined }) {
  return (
    <form method="post" action={paths.table} novalidate>
      <Radios
        name="severity"
        legend={t('language.setting.severity')}
        hint={t('language.setting.severity-hint')}
        value={String(setting.severity)}
        error={error}
        small
        items={(['2', '1'] as const).map((value) => ({ value, text: t(`language.setting.from-${value}`) }))}
      />
      <Button variant="secondary">{t('language.setting.save')}</Button>
    </form>
  )
}

/** What the agency has switched off and why, for everybody to read. */
function OffRows({ t, setting }: Shown) {
  const named = new Map(parts.flatMap((part) => part.rows).map((row) => [row.id, row]))
  return (
    <section aria-labelledby="off">
      <h2 class="govuk-heading-m" id="off">
        {t('language.setting.off')}
      </h2>
      <ul class="govuk-list govuk-list--bullet app-measure">
        {setting.off.map(({ id, reason, on }) => {
          const row = named.get(id)
          return row === undefined ? null : (
            <li>
              <a class="govuk-link" href={`#${id}`}>
                “{sampleOf(row, t.pack)}”
              </a>{' '}
              {t('language.setting.off-since', { date: t.date(on), reason })}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** What the agency itself looks for, for everybody to read; a lead adds and changes. */
function OwnRows({ t, setting, leads }: Shown) {
  if (setting.own.length === 0 && !leads) return null
  return (
    <section aria-labelledby="own">
      <h2 class="govuk-heading-m" id="own">
        {t('language.own.title')}
      </h2>
      {setting.own.length === 0 ? <p class="govuk-body app-measure">{t('language.own.none')}</p> : null}
      {setting.own.length === 0 ? null : (
        <dl class="app-wording__table">
          {setting.own.map((row) => (
            <div class="app-wording__row">
              <dt>{row.phrases.map((phrase) => `“${phrase}”`).join(', ')}</dt>
              <dd>{row.why}</dd>
              <dd>
                <span class="app-wording__instead">{t('language.hint.instead')}</span> {row.instead}
              </dd>
              <dd class="app-muted govuk-body-s">{t('language.own.since', { date: t.date(row.on) })}</dd>
              {leads ? (
                <dd>
                  <a class="govuk-link" href={ownPath(row.id)}>
                    {t('language.own.change')}
                    <span class="govuk-visually-hidden"> “{row.phrases[0]}”</span>
                  </a>
                </dd>
              ) : null}
            </div>
          ))}
        </dl>
      )}
      {leads ? (
        <p class="govuk-body">
          <a class="govuk-link" href={ownPath('new')}>
            {t('language.own.add')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

function Group(p: Shown & { readonly group: string; readonly parts: readonly Part[] }) {
  const { t, setting, leads } = p
  const rows = p.parts.flatMap((part) => part.rows)
  const [first] = p.parts
  return (
    <section aria-labelledby={`group-${p.group}`}>
      <h2 class="govuk-heading-m" id={`group-${p.group}`}>
        {t(`language.group.${p.group}`)}
      </h2>
      <p class="govuk-body app-measure">{t(`language.group-lead.${p.group}`)}</p>
      <Details summary={t('language.table.rows', { count: rows.length })}>
        <dl class="app-wording__table">
          {rows.map((row) => (
            <TableRow t={t} setting={setting} leads={leads} row={row} />
          ))}
        </dl>
        {first === undefined ? null : (
          <p class="govuk-body-s app-muted">
            {t('language.table.owner', { owner: first.owner, date: t.date(first.reviewedOn) })}
          </p>
        )}
      </Details>
    </section>
  )
}

function TableRow({ t, setting, leads, row }: Shown & { readonly row: Row }) {
  const { why, suggest } = saidOf(row, t.pack)
  const isOff = setting.off.some((each) => each.id === row.id)
  const sample = sampleOf(row, t.pack)
  return (
    <div class="app-wording__row" id={row.id}>
      <dt>
        “{sample}” {row.severity === 2 ? null : <Tag colour="grey">{t('language.table.soft')}</Tag>}{' '}
        {isOff ? <Tag colour="grey">{t('language.table.off')}</Tag> : null}
      </dt>
      <dd>{why}</dd>
      <dd>
        <span class="app-wording__instead">{t('language.hint.instead')}</span> {suggest.join(' ')}
      </dd>
      <dd class="app-muted govuk-body-s">
        {t('language.table.source', { source: sourceTexts[row.source] ?? '' })}
      </dd>
      {leads ? (
        <dd>
          <a class="govuk-link" href={rowPath(row.id)}>
            {t(isOff ? 'language.table.switch-on' : 'language.table.switch-off')}
            <span class="govuk-visually-hidden"> “{sample}”</span>
          </a>
        </dd>
      ) : null}
    </div>
  )
}
