import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DenseList, Input, InsetText, Radios, SummaryList } from '#platform/ui'
import { EditorFrame } from './editor-frame.view.tsx'
import { type HeldRecord, HeldForm } from './editor.ts'
import { decideHeld } from './editor.actions.ts'
import { heldRecord, heldRecords } from './editor.store.ts'
import { lackOf } from './held.rules.ts'
import { heldPathways } from './pathway.store.ts'
import { paths, routePaths } from './paths.ts'

export const heldPage = new Hono<MemberEnv>()

/** Imported records that nobody sees until somebody decides. */
heldPage.get(paths.held, needs('directory:edit'), async (c) => {
  const { t } = c.var
  const records = await heldRecords(c.var.db)
  const items = records.map((each) => ({
    href: paths.heldRecord(each.id),
    title: each.name || t('directory.held.unnamed'),
    meta: `${each.organizationName} ${t('directory.held.since', { date: t.date(each.heldAt) })}`,
  }))
  return c.html(
    <EditorFrame screen={c.var} title={t('directory.held.title')}>
      <p class="govuk-body">{t('directory.held.lead')}</p>
      <DenseList items={items} empty={t('directory.held.empty')} />
      <HeldPathways t={t} held={await heldPathways(c.var.db)} />
    </EditorFrame>,
  )
})

/** One held record and the three ways to decide. */
heldPage.get(routePaths.heldRecord, needs('directory:edit'), async (c) => {
  const held = await heldRecord(c.var.db, c.req.param('id'))
  return held === null ? notFound(c) : c.html(<HeldView c={c} held={held} values={{}} errors={{}} />)
})

heldPage.post(routePaths.heldRecord, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const id = c.req.param('id')
  const held = await heldRecord(db, id)
  const form = await readForm(c, HeldForm)
  if (held !== null && !form.ok)
    return c.html(<HeldView c={c} held={held} values={form.values} errors={form.errors} />, 422)
  const done = form.ok
    ? await decideHeld(db, actor, id, form.data)
    : ({ refused: 'already-decided' } as const)
  if (held !== null && form.ok && 'refused' in done && done.refused === 'unnamed') {
    const lacking = lackOf(held.record).filter((each) => form.data[each] === undefined)
    const errors = Object.fromEntries(lacking.map((each) => [each, t(`directory.held.${each}-needed`)]))
    return c.html(<HeldView c={c} held={held} values={typedIn(form.data)} errors={errors} />, 422)
  }
  if (!('refused' in done)) return c.redirect(paths.held, 303)
  return c.html(
    <EditorFrame screen={c.var} title={t('directory.held.title')} back={paths.held}>
      <InsetText>{t('directory.refusal.already-decided')}</InsetText>
    </EditorFrame>,
    409,
  )
})

/** Pathways of the newest file that nobody can open before the file says whom it means. */
function HeldPathways({
  t,
  held,
}: {
  readonly t: Words
  readonly held: Awaited<ReturnType<typeof heldPathways>>
}) {
  if (held.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.pathways.held')}</h2>
      <p class="govuk-body">{t('directory.pathways.held-lead')}</p>
      <SummaryList
        rows={held.map(({ path, sourceId, problems, at }) => ({
          key: sourceId === '' ? path : `${path} (${sourceId})`,
          value: `${problems.map((each) => each.message).join('; ')}. ${t('directory.held.since', { date: t.date(at) })}`,
        }))}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.pathways}>
          {t('directory.pathways.held-go')}
        </a>
      </p>
    </section>
  )
}

function HeldView({
  c,
  held,
  values,
  errors,
}: {
  readonly c: Context<MemberEnv>
  readonly held: HeldRecord
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t } = c.var
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  return (
    <EditorFrame
      screen={c.var}
      title={held.name || t('directory.held.unnamed')}
      {...(held.organizationName === '' ? {} : { caption: held.organizationName })}
      back={paths.held}
      errors={errors}
    >
      <SummaryList rows={factsOf(held, t)} />
      <form method="post" action={paths.heldRecord(held.id)}>
        {lackOf(held.record).map((name) => (
          <Input
            name={name}
            label={t(`directory.held.${name}`)}
            hint={t(`directory.held.${name}-hint`)}
            value={text(name)}
            error={errors[name]}
          />
        ))}
        <Radios
          name="decision"
          legend={t('directory.held.question')}
          error={errors['decision']}
          value={text('decision')}
          items={[
            {
              value: 'confidential',
              text: t('directory.held.confidential'),
              hint: t('directory.held.confidential-hint'),
            },
            {
              value: 'open',
              text: t('directory.held.open'),
              hint: t(
                held.record.service?.confidential === false
                  ? 'directory.held.open-as-is'
                  : 'directory.held.open-hint',
              ),
            },
            { value: 'refuse', text: t('directory.held.refuse') },
          ]}
        />
        <Button>{t('directory.held.decide')}</Button>
      </form>
    </EditorFrame>
  )
}

function typedIn({ decision, name = '', organizationName = '' }: HeldForm): FormValues {
  return { decision, name, organizationName }
}

/** What was found, and what is known, so that whoever decides need not open the file. */
function factsOf({ problems, record, path }: HeldRecord, t: MemberEnv['Variables']['t']) {
  const { service } = record
  const found = problems.filter((each) => t.has(`directory.rule.${each.rule}`))
  const rows = [
    ['found', [...new Set(found.map((each) => t(`directory.rule.${each.rule}`)))].join(' ')],
    ['description', service?.description ?? ''],
    ['web', service?.url ?? ''],
    ['phone', (service?.phones ?? []).map((each) => each.number).join(', ')],
    ['email', service?.email ?? ''],
    ['path', path],
  ] as const
  return rows
    .filter(([key, value]) => value !== '' || key === 'description')
    .map(([key, value]) => ({ key: t(`directory.held.${key}`), value: value || t('directory.held.nothing') }))
}
