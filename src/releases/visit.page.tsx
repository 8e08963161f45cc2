import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  expireCookie,
  type FieldErrors,
  giveCookie,
  rateGuard,
  readCookie,
  readForm,
  type SiteEnv,
} from '#platform/http'
import type { Words } from '#platform/i18n'

import { itemKey } from './kept-release.ts'
import { paths } from './paths.ts'
import { visitLanguages } from './visit.ts'
import { enterByCode, itemsLeft, onVisit, type OpenVisit } from './visit.actions.ts'
import { CodePage, DonePage, stepOf, StepPage, stepPath } from './visit.view.tsx'

const CodeForm = z.object({ code: z.string().max(60).default(''), l: z.enum(visitLanguages).optional() })

const StepForm = z.object({
  l: z.enum(visitLanguages).optional(),
  out: z.array(z.string().max(140)).max(100),
  name: z.array(z.string().trim().max(200)).max(4),
  copy: z.enum(['no-copy-for-safety', 'kept-here', 'given']).optional(),
  answer: z.enum(['on', 'yes', 'no', 'not-now']).default('on'),
})
type StepForm = z.output<typeof StepForm>

// For everybody together: a limit for each visitor would have to remember where they are.
const guard = rateGuard(60)

/** The person's own page at a distance: a code, then one idea a page. Nothing before the code knows anybody. */
export const visitPage = new Hono<SiteEnv>()

visitPage.get(paths.visit, (c) => c.html(<CodePage t={wordsOf(c, languageOf(c.req.query('l')))} />))

visitPage.post(paths.visit, async (c) => {
  const form = await readForm(c, CodeForm)
  const t = wordsOf(c, form.ok ? (form.data.l ?? 'en') : 'en')
  const code = form.ok ? form.data.code : ''
  const say = (key: string, status: 409 | 422 | 429) =>
    c.html(<CodePage t={t} code={code} errors={{ code: t(key) }} />, status)
  if (!form.ok) return say('releases.visit.code.missing', 422)
  if (!guard.take(performance.now())) return say('releases.visit.code.busy', 429)
  const { pools, installation } = c.var.site
  const entered = await enterByCode({ pools, installation }, code)
  if ('cookie' in entered) {
    giveCookie(c, 'visit', entered.cookie)
    return c.redirect(stepPath('who'), 303)
  }
  if (entered.refused === 'not-a-code') return say('releases.visit.code.missing', 422)
  if (entered.refused === 'busy') return say('releases.visit.code.busy', 429)
  return say('releases.visit.code.wrong', 422)
})

visitPage.get(paths.visitDone, (c) => {
  expireCookie(c, 'visit')
  return c.html(<DonePage t={wordsOf(c, languageOf(c.req.query('l')))} />)
})

visitPage.get(paths.visitStep, async (c) => {
  const step = stepOf(c.req.param('step'))
  return withVisit(c, async (visit) =>
    step !== null
      ? c.html(<StepPage t={wordsOn(c, visit)} visit={visit} step={step} />)
      : c.redirect(stepPath('who'), 303),
  )
})

visitPage.post(paths.visitStep, async (c) => {
  const step = stepOf(c.req.param('step'))
  const form = await readForm(c, StepForm)
  return withVisit(c, async (visit) => {
    if (step === null || !form.ok) return c.redirect(stepPath('who'), 303)
    const { data } = form
    if (data.answer === 'no' || data.answer === 'not-now') {
      await visit.answer({ ...visit.said, struck: [], names: [], copy: null, answer: data.answer })
      return done(c, visit)
    }
    if (data.l !== undefined) {
      await visit.keep({ ...visit.said, language: data.l })
      return c.redirect(stepPath(step), 303)
    }
    if (step === 'what') return strike(c, visit, data)
    if (step === 'say') return say(c, visit, data)
    return c.redirect(stepPath(after[step]), 303)
  })
})

const after = { who: 'what', why: 'they', they: 'yours', yours: 'say' } as const

/** What the person leaves out is kept before the next page; everything left out is a no, and is said so. */
async function strike(c: Context<SiteEnv>, visit: OpenVisit, form: StepForm): Promise<Response> {
  const known = new Set(visit.page.kept.release.items.map(itemKey))
  const struck = form.out.filter((key) => known.has(key))
  const t = wordsOn(c, visit)
  if (struck.length === known.size) {
    const errors = { out: t('releases.visit.what.nothing-left') }
    const said = { ...visit.said, struck }
    return c.html(<StepPage t={t} visit={{ ...visit, said }} step="what" errors={errors} />, 422)
  }
  await visit.keep({ ...visit.said, struck })
  return c.redirect(stepPath('why'), 303)
}

/** Yes, with a name for each who signs. */
async function say(c: Context<SiteEnv>, visit: OpenVisit, form: StepForm): Promise<Response> {
  const t = wordsOn(c, visit)
  const said = { ...visit.said, names: form.name, copy: form.copy ?? null }
  const errors: FieldErrors = {
    ...(visit.page.kept.signers.some((_signer, at) => (form.name[at] ?? '') === '')
      ? { name: t('releases.turn.name-missing') }
      : {}),
    ...(form.copy === undefined ? { copy: t('releases.turn.copy-missing') } : {}),
  }
  if (Object.keys(errors).length > 0 || itemsLeft(visit).length === 0)
    return c.html(<StepPage t={t} visit={{ ...visit, said }} step="say" errors={errors} />, 422)
  await visit.answer({ ...said, answer: 'yes' })
  return done(c, visit)
}

function done(c: Context<SiteEnv>, visit: OpenVisit): Response {
  expireCookie(c, 'visit')
  return c.redirect(`${paths.visitDone}?l=${visit.said.language}`, 303)
}

/** Every page after the code; where it is over, or never was, the same page asks for a code again. */
async function withVisit(
  c: Context<SiteEnv>,
  work: (visit: OpenVisit) => Promise<Response>,
): Promise<Response> {
  const cookie = readCookie(c, 'visit')
  const answer = cookie === null ? null : await onVisit(c.var.site.pools, cookie, work)
  if (answer !== null) return answer
  expireCookie(c, 'visit')
  return c.redirect(paths.visit, 303)
}

function wordsOn(c: Context<SiteEnv>, { page, said }: OpenVisit): Words {
  return c.var.wordsFor({ pack: page.pack, lang: said.language })
}

function wordsOf(c: Context<SiteEnv>, lang: 'en' | 'es'): Words {
  return c.var.wordsFor({ pack: c.var.config.pack, lang })
}

function languageOf(asked: string | undefined): 'en' | 'es' {
  return asked === 'es' ? 'es' : 'en'
}
