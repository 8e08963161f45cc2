import { type Context, Hono } from 'hono'

import { type CaseFile, type CaseLock, openFile } from '#people'
import { type FieldErrors, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import { InsetText, PageHeading, PersonPage, WarningText } from '#platform/ui'
import { CaseFrame, databaseNow, nameToUse } from '#releases'

import { askOf, changeAsk } from './ask.actions.ts'
import type { FileBody, StoredAsk } from './ask.ts'
import type { DisclosureSource } from './disclosure.ts'
import { entriesOf } from './file-entries.view.ts'
import { type PackEntry, packOf } from './file-pack.rules.ts'
import { askPath, paths } from './paths.ts'
import { lookAllowed, SafeLook, SafeLookForm } from './safe-look.view.tsx'

type Ask = StoredAsk<FileBody>

/** Giving the file: shown, printed, or as data; each only after the question whether it is safe. */
export function givePage(sources: readonly DisclosureSource[], lock: CaseLock): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.give, needs('case:write'), async (c) => {
    const found = await read(c)
    return found === null ? notFound(c) : ask(c, found, {}, {})
  })

  page.post(paths.give, needs('case:write'), async (c) => {
    const found = await read(c)
    if (found === null) return notFound(c)
    const form = await readForm(c, SafeLook)
    if (!form.ok) {
      const values = { safe: textOf(form.values, 'safe'), how: textOf(form.values, 'how') }
      return ask(c, found, form.errors, values)
    }
    const allowed = lookAllowed(found.file, form.data, new Date())
    if (allowed === 'not-now') return ask(c, found, {}, {}, 'not-now')
    if (allowed === 'ask-again') return ask(c, found, {}, form.data, 'again')
    if (typeof allowed === 'object') return ask(c, found, {}, form.data, allowed.refused)
    const locked = allowed === 'print' ? await lock(c.var.db, c.var.actor, found.file) : null
    if (locked !== null) return ask(c, found, {}, form.data, locked.key)
    const pack = await give(c, found, sources, allowed)
    if (pack === null) return ask(c, found, {}, form.data, 'asks.changed')
    return c.html(<Given t={c.var.t} found={found} pack={pack} agency={c.var.actor.agencyName} />)
  })

  /** The same as data: leaves the building like paper does, so it passes the same gate and is asked for twice. */
  page.post(paths.data, needs('case:write'), async (c) => {
    const found = await read(c)
    if (found === null) return notFound(c)
    const form = await readForm(c, SafeLook)
    if (!form.ok) return ask(c, found, form.errors, {})
    const allowed = lookAllowed(found.file, { ...form.data, how: 'print', sure: 'yes' }, new Date())
    if (allowed === 'not-now') return ask(c, found, {}, {}, 'not-now')
    if (typeof allowed === 'object') return ask(c, found, {}, {}, allowed.refused)
    const locked = await lock(c.var.db, c.var.actor, found.file)
    if (locked !== null) return ask(c, found, {}, {}, locked.key)
    const pack = await give(c, found, sources, 'data')
    if (pack === null) return ask(c, found, {}, {}, 'asks.changed')
    c.header('content-disposition', 'attachment; filename="file.json"')
    return c.json(dataOf(c.var.t, found.ask, pack, c.var.actor.agencyName))
  })
  return page
}

interface Found {
  readonly file: CaseFile
  readonly ask: Ask
}

async function read(c: Context<MemberEnv>): Promise<Found | null> {
  const { db, actor } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const found = file === null ? null : await askOf(db, file, c.req.param('ask') ?? '', 'file')
  return file === null || found === null ? null : { file, ask: found }
}

async function give(
  c: Context<MemberEnv>,
  { file, ask: asked }: Found,
  sources: readonly DisclosureSource[],
  how: 'show' | 'print' | 'data',
): Promise<readonly PackEntry[] | null> {
  const { db, actor, t } = c.var
  const at = (await databaseNow(db)).toISOString()
  const body = { ...asked.body, given: [...asked.body.given, { how, at }].slice(-100) }
  const done = await changeAsk(db, actor, file, asked, { body, answered: true, what: `file-${how}` })
  if ('refused' in done) return null
  await record(db, actor, { kind: 'export.made', of: file.key, detail: { what: 'own-file', how } })
  return packOf(await entriesOf(db, actor, t, file, { who: asked.body.who, sources }), asked.body.picks)
}

/** The pack as data: what is in with its words, what is out with its ground and nothing of its words or its names. */
function dataOf(t: Words, asked: Ask, pack: readonly PackEntry[], agency: string) {
  return {
    agency,
    askedOn: asked.askedAt.toISOString().slice(0, 10),
    rule: asked.body.rule,
    entries: pack
      .filter((entry) => entry.state === 'in')
      .map((entry) => ({ title: entry.title, text: entry.text })),
    leftOut: leftOut(t, pack),
  }
}

/** What is left out, ground by ground: how many entries, never which. */
function leftOut(t: Words, pack: readonly PackEntry[]) {
  const grounds = Map.groupBy(
    pack.flatMap((entry) => (entry.state === 'out' && entry.ground !== null ? [entry.ground] : [])),
    (ground) => ground,
  )
  return [...grounds].map(([ground, all]) => ({ ground: t(`asks.ground.${ground}`), entries: all.length }))
}

function Given(p: {
  readonly t: Words
  readonly found: Found
  readonly pack: readonly PackEntry[]
  readonly agency: string
}) {
  const { t } = p
  return (
    <PersonPage
      t={t}
      title={t('asks.file.yours')}
      back={{ href: askPath('asks', p.found.file.caseId), text: t('asks.back') }}
    >
      <PageHeading>{t('asks.file.yours')}</PageHeading>
      <p class="govuk-body">{t('asks.file.from', { agency: p.agency })}</p>
      {p.pack
        .filter((entry) => entry.state === 'in')
        .map((entry) => (
          <>
            <h2 class="govuk-heading-s">{entry.title}</h2>
            {entry.text.split('\n').map((line) => (
              <p class="govuk-body">{line}</p>
            ))}
          </>
        ))}
      <h2 class="govuk-heading-m">{t('asks.file.left-out')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {leftOut(t, p.pack).map((each) => (
          <li>{t('asks.file.left-out-line', { ground: each.ground, count: each.entries })}</li>
        ))}
      </ul>
      <p class="govuk-body">{t('asks.file.complain')}</p>
    </PersonPage>
  )
}

function ask(
  c: Context<MemberEnv>,
  { file, ask: asked }: Found,
  errors: FieldErrors,
  values: { readonly safe?: string; readonly how?: string },
  said = '',
) {
  const { t } = c.var
  const refused = said !== '' && said !== 'not-now' && said !== 'again'
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('asks.file.give')}
      back={{ href: askPath('file', file.caseId, asked.id), text: t('asks.file.picks') }}
      errors={errors}
    >
      {refused ? <WarningText>{t(said)}</WarningText> : null}
      {said === 'not-now' ? <InsetText>{t('asks.safe.later')}</InsetText> : null}
      <SafeLookForm
        t={t}
        action={askPath('give', file.caseId, asked.id)}
        dataAction={askPath('data', file.caseId, asked.id)}
        errors={errors}
        values={values}
        again={said === 'again'}
      />
    </CaseFrame>,
    refused ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
