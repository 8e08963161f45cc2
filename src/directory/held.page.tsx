import { type Context, Hono } from 'hono'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, DenseList, InsetText, Radios, SummaryList } from '#platform/ui'
import { EditorFrame } from './editor-frame.view.tsx'
import { type HeldRecord, HeldForm } from './editor.ts'
import { decideHeld } from './editor.actions.ts'
import { heldRecord, heldRecords } from './editor.store.ts'
import { paths, routePaths } from './paths.ts'

export const heldPage = new Hono<MemberEnv>()

/** Imported records that nobody sees until somebody decides. */
heldPage.get(paths.held, needs('directory:edit'), async (c) => {
  const { t } = c.var
  const records = await heldRecords(c.var.db)
  const items = records.map((each) => ({
    href: paths.heldRecord(each.id),
    title: each.name,
    meta: `${each.organizationName} ${t('directory.held.since', { date: t.date(each.heldAt) })}`,
  }))
  return c.html(
    <EditorFrame screen={c.var} title={t('directory.held.title')}>
      <p class="govuk-body">{t('directory.held.lead')}</p>
      <DenseList items={items} empty={t('directory.held.empty')} />
    </EditorFrame>,
  )
})

/** One held record and the three ways to decide. */
heldPage.get(routePaths.heldRecord, needs('directory:edit'), async (c) => {
  const held = await heldRecord(c.var.db, c.req.param('id'))
  return held === null ? notFound(c) : c.html(<HeldView c={c} held={held} errors={{}} />)
})

heldPage.post(routePaths.heldRecord, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const id = c.req.param('id')
  const held = await heldRecord(db, id)
  const form = await readForm(c, HeldForm)
  if (held !== null && !form.ok) return c.html(<HeldView c={c} held={held} errors={form.errors} />, 422)
  const done = form.ok
    ? await decideHeld(db, actor, id, form.data.decision)
    : ({ refused: 'already-decided' } as const)
  if (!('refused' in done)) return c.redirect(paths.held, 303)
  return c.html(
    <EditorFrame screen={c.var} title={t('directory.held.title')} back={paths.held}>
      <InsetText>{t('directory.refusal.already-decided')}</InsetText>
    </EditorFrame>,
    409,
  )
})

function HeldView({
  c,
  held,
  errors,
}: {
  readonly c: Context<MemberEnv>
  readonly held: HeldRecord
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t } = c.var
  const found = held.problems.filter((each) => t.has(`directory.rule.${each.rule}`))
  return (
    <EditorFrame
      screen={c.var}
      title={held.name}
      caption={held.organizationName}
      back={paths.held}
      errors={errors}
    >
      <SummaryList
        rows={[
          {
            key: t('directory.held.found'),
            value: [...new Set(found.map((each) => t(`directory.rule.${each.rule}`)))].join(' '),
          },
          { key: t('directory.held.description'), value: descriptionOf(held) },
          { key: t('directory.held.path'), value: held.path },
        ]}
      />
      <form method="post" action={paths.heldRecord(held.id)}>
        <Radios
          name="decision"
          legend={t('directory.held.question')}
          error={errors['decision']}
          items={[
            {
              value: 'confidential',
              text: t('directory.held.confidential'),
              hint: t('directory.held.confidential-hint'),
            },
            { value: 'open', text: t('directory.held.open'), hint: t('directory.held.open-hint') },
            { value: 'refuse', text: t('directory.held.refuse') },
          ]}
        />
        <Button>{t('directory.held.decide')}</Button>
      </form>
    </EditorFrame>
  )
}

function descriptionOf(held: HeldRecord): string {
  const kept = held.record as { readonly service?: { readonly description?: string } | null }
  return kept.service?.description ?? ''
}
