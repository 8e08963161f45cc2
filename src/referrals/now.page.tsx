import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FormValues, listOf, type MemberEnv, needs, readForm } from '#platform/http'

import { askFirst, servicesNow } from './now.actions.ts'
import { notKnown, NowView } from './now.view.tsx'
import { askedPath } from './call-off.page.tsx'
import { mostAsked } from './call-off.rules.ts'
import { onceId } from './once.rules.ts'
import { paths } from './paths.ts'
import { ownContact } from './task.ts'

const Form = z.object({
  services: z.array(z.string().max(80)).max(10).default([]),
  others: z.array(z.string().max(80)).max(10).default([]),
  who: z.enum(['adult', 'child', 'young-person'], 'referrals.now.who-missing'),
  abuse: z.string().max(60).default(notKnown),
  needs: z.array(z.string().max(60)).min(1, 'referrals.now.needs-missing').max(10),
  age: z.coerce.number('referrals.now.age-wrong').int().min(0).max(109).optional(),
  home: z.string().max(60).optional(),
  name: z.string().max(120).default(''),
  phone: z.string().max(60).default(''),
  /** The mark of this very page. */
  once: z.string().max(60).default(''),
})

export const nowPage = new Hono<MemberEnv>()

/** Someone is with me now: what to say, who can speak, call together, ask first without naming. No name and no account. */
nowPage.get(paths.now, needs('referral:write'), async (c) => c.html(await page(c, {})))

nowPage.post(paths.now, needs('referral:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok)
    return c.html(await page(c, form.values, { ...nobodyAsked(c, form.values), ...form.errors }), 422)
  const { db, actor, t } = c.var
  const said = form.data
  const asked = new Set([...said.services, ...said.others])
  const chosen = (await servicesNow(db, actor)).filter((service) => asked.has(service.value))
  if (chosen.length > mostAsked) {
    const values = { ...said, age: String(said.age ?? '') } as FormValues
    return c.html(await page(c, values, { services: t('referrals.now.services-many') }), 422)
  }
  const own = await ownContact(c)
  const threads = await askFirst(db, actor, t.timeZone, {
    services: chosen,
    facets: {
      who: said.who,
      ...(said.abuse === notKnown ? {} : { abuse: said.abuse }),
      ...(said.age === undefined ? {} : { age: said.age * 12 }),
      ...(said.home === undefined || said.home === notKnown ? {} : { 'same-home': said.home }),
    },
    needs: said.needs,
    withSomeone: true,
    ringBack: { ...own, name: said.name || own.name, phone: said.phone || own.phone },
    once: onceId(actor, said.once, said),
  })
  const [first] = threads
  if (first === undefined) {
    const values = { ...said, age: String(said.age ?? '') } as FormValues
    return c.html(await page(c, values, { services: t('referrals.now.services-missing') }), 422)
  }
  return c.redirect(askedPath(first), 303)
})

/** That nobody was chosen is said together with whatever else is missing. */
function nobodyAsked(c: Context<MemberEnv>, values: FormValues): Readonly<Record<string, string>> {
  const any = [...listOf(values, 'services'), ...listOf(values, 'others')].length > 0
  return any ? {} : { services: c.var.t('referrals.now.services-missing') }
}

async function page(c: Context<MemberEnv>, values: FormValues, errors?: Readonly<Record<string, string>>) {
  const { db, actor } = c.var
  const services = await servicesNow(db, actor)
  return (
    <NowView screen={c.var} services={services} own={await ownContact(c)} values={values} errors={errors} />
  )
}
