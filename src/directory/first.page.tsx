import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, Checkboxes } from '#platform/ui'
import { WhyField } from './edit-form.view.tsx'
import { EditorFrame, type Screen } from './editor-frame.view.tsx'
import { setFirst } from './editor.actions.ts'
import { ownEntry } from './entry.page.tsx'
import { needs as everyNeed } from './facet.ts'
import { clausesOf, lookNow } from './look-now.ts'
import type { LookAnswer } from './look.ts'
import { LookFrame, LookResult } from './look.view.tsx'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail } from './service.ts'
import { serviceNeeds } from './service.view.ts'

export const firstPage = new Hono<MemberEnv>()

const codes = everyNeed.map((need) => need.id)

const FirstForm = z.object({
  first: z.array(z.enum(codes)).default([]),
  why: z.string().max(500).default(''),
  act: z.enum(['save', 'look']).default('save'),
})

/** What must come first: needs that this service waits for, and what the waiting does to the area. */
firstPage.get(routePaths.first, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  return service === null ? notFound(c) : answer(c, service, { first: service.afterNeeds, why: '' })
})

firstPage.post(routePaths.first, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, FirstForm)
  if (!form.ok) {
    const why = [form.values['why'] ?? ''].flat()[0] ?? ''
    const first = [form.values['first'] ?? []].flat()
    return answer(c, service, { first, why }, form.errors)
  }
  // Why not its own: a service that waits for what it does itself would never begin.
  const first = form.data.first.filter((need) => !service.needs.includes(need))
  if (form.data.act === 'look') return answer(c, service, { first, why: form.data.why })
  const done = await setFirst(c.var.db, c.var.actor, service.id, { first, why: form.data.why })
  return 'refused' in done ? notFound(c) : c.redirect(paths.saved(service.id), 303)
})

interface Shown {
  readonly first: readonly string[]
  readonly why: string
}

async function answer(
  c: Context<MemberEnv>,
  service: ServiceDetail,
  shown: Shown,
  errors: Readonly<Record<string, string>> = {},
) {
  const wrong = Object.keys(errors).length > 0
  const clauses = clausesOf(service)
  const look = wrong ? null : await lookNow(c.var.db, service, { clauses, after: shown.first })
  return c.html(
    <First screen={c.var} service={service} shown={shown} look={look} errors={errors} />,
    wrong ? 422 : 200,
  )
}

function First({
  screen,
  service,
  shown,
  look,
  errors,
}: {
  readonly screen: Screen
  readonly service: ServiceDetail
  readonly shown: Shown
  readonly look: LookAnswer | null
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t } = screen
  const others = everyNeed.filter((need) => !service.needs.includes(need.id))
  return (
    <EditorFrame
      screen={screen}
      title={t('directory.first.title')}
      caption={service.name}
      back={paths.entry(service.id)}
      errors={errors}
      wide
    >
      <p class="govuk-body-l">{t('directory.first.lead')}</p>
      <form class="app-editor" method="post" action={paths.first(service.id)} novalidate>
        <div class="app-editor__choose">
          <Checkboxes
            name="first"
            legend={t('directory.first.question')}
            hint={t('directory.first.hint')}
            small
            values={shown.first}
            error={errors['first']}
            items={others.map(({ id, label }) => ({ value: id, text: label }))}
          />
        </div>
        <div class="app-editor__look">
          <LookFrame t={t}>
            {look === null ? null : <WhatItDoes t={t} service={service} first={shown.first} look={look} />}
          </LookFrame>
        </div>
        <div class="app-editor__rest">
          <WhyField t={t} filled={{ values: { why: shown.why }, errors }} />
          <ButtonGroup>
            <Button name="act" value="save">
              {t('directory.clause.save')}
            </Button>
          </ButtonGroup>
        </div>
      </form>
    </EditorFrame>
  )
}

function WhatItDoes({
  t,
  service,
  first,
  look,
}: {
  readonly t: Words
  readonly service: ServiceDetail
  readonly first: readonly string[]
  readonly look: LookAnswer
}) {
  return (
    <>
      <p class="app-look__sentence">
        {first.length === 0
          ? t('directory.first.nothing')
          : t('directory.service.after-text', { needs: t.list(serviceNeeds(first)) })}
      </p>
      <LookResult t={t} pack={service.pack} answer={look} rules={[]} />
    </>
  )
}
