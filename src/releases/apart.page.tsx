import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'

import { otherAgencies } from '#parties'
import { openFile, openForWork, readFile } from '#people'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readCookie,
  readForm,
} from '#platform/http'

import { ApartPage, CodeShown } from './apart.view.tsx'
import { warningSentences } from './agreed.view.tsx'
import { draftContext } from './draft.rules.ts'
import { nameToUse } from './held-items.view.ts'
import { itemKey, type StoredRelease } from './kept-release.ts'
import { paths, releasePath } from './paths.ts'
import { databaseNow, releaseOf } from './release.store.ts'
import { setIdentity, takeSignature } from './signing.actions.ts'
import { identities } from './release.ts'
import { visitLanguages } from './visit.ts'
import { endVisits } from './visit.store.ts'
import { makeVisit, prepareCode, readVisit, takeBackVisits } from './visit.actions.ts'

const MakeForm = z.object({
  version: z.coerce.number().int(),
  identity: z.enum(identities, 'releases.apart.identity-missing'),
  safe: z.array(z.string()).min(1, 'releases.apart.safe-missing'),
  language: z.enum(visitLanguages).default('en'),
})

const TakeForm = z.object({ step: z.enum(['take', 'end']) })

// A code made ahead, for as long as its request lives.
const ahead = new WeakMap<Request, Awaited<ReturnType<typeof prepareCode>>>()

export const apartPage = new Hono<MemberEnv>()

/** The person is not here: where the code stands, and what they said. */
apartPage.get(paths.apart, needs('release:write'), (c) => show(c, {}, null, 200))

// Loaded again, the page with the code on it is only where the code stands: the code is not shown twice.
apartPage.get(paths.apartCode, needs('release:write'), (c) =>
  c.redirect(releasePath('apart', c.req.param('id'), c.req.param('release')), 303),
)

/** Makes a code. It is stretched before the request's transaction begins: nothing waits for it there. */
apartPage.post(paths.apartCode, codeAhead(), needs('release:write'), async (c) => {
  const { db, actor, site, t } = c.var
  const opened = await openForWork(db, actor, c.req.param('id') ?? '', 'changing')
  const stored = opened === null ? null : await releaseOf(db, opened.key, c.req.param('release') ?? '', true)
  if (opened === null || stored === null || !isOpen(stored)) return notFound(c)
  const form = await readForm(c, MakeForm)
  if (!form.ok) return show(c, form.errors, form.values, 422)
  const code = ahead.get(c.req.raw)
  if (code === undefined || 'refused' in code)
    return show(c, { form: t('releases.apart.busy') }, { ...form.data, version: '' }, 429)
  const at = { id: stored.id, version: form.data.version }
  const known = await setIdentity(db, opened.key, at, form.data.identity)
  if ('refused' in known)
    return show(c, { form: t('releases.apart.changed') }, { ...form.data, version: '' }, 409)
  const usual = warningSentences(t, stored.kept.release.recipient.sector, null)
  const { code: said } = await makeVisit(db, actor, opened.key, known, {
    installation: site.installation,
    code,
    language: form.data.language,
    warnedUsual: JSON.stringify(stored.kept.warned ?? usual) === JSON.stringify(usual),
  })
  const file = await readFile(db, opened)
  const address = new URL(c.var.config.publicUrl).host + paths.visit
  return c.html(
    <CodeShown screen={c.var} stored={known} name={nameToUse(file)} code={said} address={address} />,
  )
})

/** Takes what they said into the draft, or takes the code back. */
apartPage.post(paths.apart, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const opened = await openForWork(db, actor, c.req.param('id'), 'changing')
  const stored = opened === null ? null : await releaseOf(db, opened.key, c.req.param('release'))
  if (opened === null || stored === null || stored.state !== 'draft') return notFound(c)
  const form = await readForm(c, TakeForm)
  if (!form.ok) return show(c, form.errors, null, 422)
  const apart = releasePath('apart', stored.caseId, stored.id)
  const read = form.data.step === 'take' ? await readVisit(db, opened.key, stored) : null
  const said = read?.said ?? null
  if (
    read === null ||
    said?.answer !== 'yes' ||
    said.words === null ||
    said.at === null ||
    said.copy === null
  ) {
    await takeBackVisits(db, actor, opened.key, stored.id)
    return c.redirect(apart, 303)
  }
  const file = await readFile(db, opened)
  const context = draftContext(actor, file, await otherAgencies(db, actor.partyId), await databaseNow(db))
  const signed = await takeSignature(
    db,
    actor,
    opened.key,
    { id: stored.id, version: read.visit.releaseVersion },
    {
      names: said.names,
      copy: said.copy,
      way: 'apart',
      words: said.words,
      at: said.at,
      struck: said.struck,
      language: said.language,
    },
    context,
  )
  if ('refused' in signed && signed.refused !== 'problems')
    return show(c, { form: t('releases.apart.changed') }, null, 409)
  await endVisits(db, stored.id)
  return c.redirect(releasePath('send', stored.caseId, stored.id), 303)
})

/** Whether there is still something to ask for: talked through, not signed. */
function isOpen({ state, kept }: StoredRelease): boolean {
  return state === 'draft' && kept.talked && kept.release.signatures.length === 0
}

async function show(
  c: Context<MemberEnv>,
  errors: FieldErrors,
  values: FormValues | null,
  status: 200 | 409 | 422 | 429,
): Promise<Response> {
  const { db, actor } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release') ?? '')
  if (file === null || stored === null) return notFound(c)
  if (!isOpen(stored)) return c.redirect(releasePath('send', file.caseId, stored.id), 303)
  const read = await readVisit(db, file.key, stored)
  const struck = new Set(read?.said?.struck ?? [])
  const items = stored.kept.release.items.filter((item) => struck.has(itemKey(item)))
  return c.html(
    <ApartPage
      screen={c.var}
      stored={stored}
      name={nameToUse(file)}
      visit={read?.visit ?? null}
      said={read?.said ?? null}
      struck={items.map((item) => item.title)}
      errors={errors}
      values={values}
    />,
    status,
  )
}

/** Stretches a code before any transaction; whoever is not signed in makes nothing. */
function codeAhead(): MiddlewareHandler<MemberEnv> {
  return async (c, next) => {
    const { pools, installation } = c.var.site
    if (readCookie(c, 'session') !== null) ahead.set(c.req.raw, await prepareCode({ pools, installation }))
    return next()
  }
}
