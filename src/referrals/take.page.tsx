import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { casePath } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Checkboxes, InsetText } from '#platform/ui'

import { openThreadFile } from './file.actions.ts'
import { HandlingFirst } from './handling.view.tsx'
import { paths } from './paths.ts'
import { ActFrame, NoLonger } from './screen.view.tsx'
import { takeIntoRecord } from './take.actions.ts'
import { type DrawAct, showAct, threadFor } from './task.ts'
import type { ThreadRefusal } from './thread.ts'

const Form = z.object({
  items: z.array(z.coerce.number().int().min(0).max(99)).max(100),
  agreed: z.literal('yes', 'referrals.act.take.agreed-missing'),
  version: z.coerce.number().int(),
})

export const takePage = new Hono<MemberEnv>()

/** *Taken into our record, with agreement*: item by item, nothing ticked beforehand that was not meant. */
takePage.get(paths.take, needs('case:write'), (c) => showAct(c, 'take', page(c, {})))

takePage.post(paths.take, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  const thread = await threadFor(c)
  if (thread === null) return notFound(c)
  if (!form.ok) {
    const ticked = [form.values['items'] ?? []].flat()
    return c.html(await page(c, { ticked, errors: form.errors })(thread), 422)
  }
  const { items, version } = form.data
  const ticked = items.map(String)
  const taken = await takeIntoRecord(c.var.db, c.var.actor, { threadId: thread.id, version }, items)
  if (!('refused' in taken)) return c.redirect(casePath('case', taken.caseId), 303)
  if (taken.refused === 'nothing-ticked') {
    const errors = { items: c.var.t('referrals.act.take.nothing') }
    return c.html(await page(c, { ticked, errors })(thread), 422)
  }
  return c.html(await page(c, { ticked })(thread, taken), 409)
})

interface Ticked {
  readonly ticked?: readonly string[]
  readonly errors?: Readonly<Record<string, string>>
}

function page(c: Context<MemberEnv>, { ticked, errors }: Ticked): DrawAct {
  return async (thread, refusal?: ThreadRefusal) => {
    const { t, db, actor } = c.var
    const file = await openThreadFile(db, actor, thread.id)
    const letter = file?.first?.letter
    const items = letter?.about === 'request' ? letter.items : []
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="take"
        go={t('referrals.act.take.go')}
        errors={errors}
        refusal={refusal}
      >
        {letter === null || letter === undefined ? (
          <NoLonger t={t} thread={thread} sentAt={file?.first?.at ?? thread.startedAt} />
        ) : (
          <>
            <HandlingFirst t={t} letter={letter} />
            <Checkboxes
              name="items"
              legend={t('referrals.act.take.items')}
              hint={t('referrals.act.take.items-hint')}
              items={items.map((item, index) => ({
                value: String(index),
                text: item.title,
                hint: item.text,
              }))}
              values={ticked ?? []}
              error={errors?.['items']}
            />
            <InsetText>{t('referrals.act.take.after', { agency: thread.otherName })}</InsetText>
            <Checkboxes
              name="agreed"
              legend={t('referrals.act.take.agreed-legend')}
              items={[{ value: 'yes', text: t('referrals.act.take.agreed') }]}
              error={errors?.['agreed']}
            />
          </>
        )}
      </ActFrame>
    )
  }
}
