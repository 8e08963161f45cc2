import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Details, Input, Radios, Select } from '#platform/ui'

import { type Card, CardBody, cardRoles, recordedRoles, roleSources } from './card.ts'
import { removeCard, saveCard } from './card.actions.ts'
import type { CaseFile } from './case.ts'
import type { OnNamed } from './careful.actions.ts'
import { ownConflict } from './conflict.actions.ts'
import { nameOf, savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { openForWork, readFile } from './open.actions.ts'
import { cardPath, casePath, paths } from './paths.ts'
import { RecordedFields, recordedTyped, type RecordedTyped } from './recorded.view.tsx'
import { SaveButtons } from './save.view.tsx'
import { afterConflict, afterNaming, afterSaving, fileOf } from './task.ts'

const Form = z.object({
  name: z.string().max(120).default(''),
  aloud: z.enum(['same', 'other', 'none']).default('none'),
  sayAloud: z.string().max(400).default(''),
  legalName: z.string().max(120).default(''),
  pronoun: z.string().max(40).default(''),
  role: z.enum(cardRoles, 'people.card.role-missing'),
  roleSource: z.enum(roleSources).default('said-so'),
  note: z.string().max(500).default(''),
  recordedAs: z.array(z.enum(recordedRoles)).max(4).default([]),
  recordedWhere: z.string().max(300).default(''),
  recordedChanged: z.literal('yes').optional(),
  version: z.coerce.number().int().min(0).default(0),
  then: z.string().optional(),
})
type Form = z.infer<typeof Form>

/** One person's card. A card that says that somebody causes harm ends what they signed, in the same act. */
export function cardPage(onNamed: OnNamed): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.card, needs('case:write'), async (c) => {
    const file = await fileOf(c)
    const card = file === null ? undefined : cardOf(file, c.req.param('card'))
    if (file === null || card === undefined) return notFound(c)
    return c.html(<CardTask screen={c.var} file={file} card={card} form={formOf(file, card)} />)
  })
  page.post(paths.card, needs('case:write'), askOnce, async (c) => {
    const form = await readForm(c, Form)
    if (!form.ok) return again(c, form.values, { errors: form.errors, status: 422 })
    const { db, actor } = c.var
    const caseId = c.req.param('id')
    const id = c.req.param('card') === 'new' ? null : c.req.param('card')
    if (form.data.then === 'remove' && id !== null) {
      const removed = await removeCard(db, actor, caseId, id)
      return 'refused' in removed ? notFound(c) : c.redirect(`${casePath('case', caseId)}?saved=1`, 303)
    }
    // Held, and read without a line of its own: the saving writes one.
    const held = form.data.role === 'survivor' ? await openForWork(db, actor, caseId, 'changing') : null
    const cards = held === null ? [] : (await readFile(db, held)).cards
    const before = cards.find((each) => each.id === id)?.name ?? ''
    const saved = await saveCard(db, actor, { caseId, id, version: form.data.version }, bodyOf(form.data))
    if ('refused' in saved) {
      if (saved.refused === 'no-case') return notFound(c)
      const errors = { role: c.var.t('people.card.review-first') }
      return again(c, form.data, saved.refused === 'review-first' ? { errors, status: 422 } : { status: 409 })
    }
    if (form.data.role === 'personCausingHarm') await onNamed(db, actor, caseId)
    const own = await ownConflict(db, actor, caseId)
    if (own !== null) return c.redirect(afterConflict(own, caseId), 303)
    const { name, role, then } = form.data
    const named = role === 'survivor' && name !== before
    return c.redirect(
      named ? await afterNaming(c, { caseId, name }, then) : afterSaving(caseId, then, 'contact'),
      303,
    )
  })
  return page
}

interface Again {
  readonly errors?: Readonly<Record<string, string>>
  readonly status: 409 | 422
}

async function again(c: Context<MemberEnv>, typed: Readonly<Record<string, unknown>>, how: Again) {
  const file = await fileOf(c)
  const card = file === null ? undefined : cardOf(file, c.req.param('card') ?? '')
  if (file === null || card === undefined) return notFound(c)
  const form = { ...formOf(file, card), ...textsOf(typed), version: card?.version ?? 0 }
  return c.html(
    <CardTask
      screen={c.var}
      file={file}
      card={card}
      form={form}
      errors={how.errors}
      conflict={how.status === 409}
    />,
    how.status,
  )
}

type Texts = Exclude<keyof Form, 'version' | 'then' | keyof RecordedTyped>
type Typed = Readonly<Record<Texts, string>> & RecordedTyped & { readonly version: number }

function CardTask(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly card: Card | null
  readonly form: Typed
  readonly errors?: Readonly<Record<string, string>> | undefined
  readonly conflict?: boolean
}) {
  const { t } = p.screen
  const { file, card, form, errors = {} } = p
  const first = file.cards.length === 0
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t(first ? 'people.card.first' : card === null ? 'people.card.another' : 'people.card.title')}
      lead={first ? t('people.card.first-lead') : undefined}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, [card?.name ?? '']) : undefined}
    >
      <form method="post" action={cardPath(file.caseId, card?.id ?? 'new')} novalidate>
        <input type="hidden" name="version" value={String(form.version)} />
        <Input
          name="name"
          label={t('people.card.name')}
          hint={t('people.card.name-hint')}
          value={form.name}
          error={errors['name']}
          width="two-thirds"
          spellcheck={false}
        />
        <Aloud t={t} form={form} />
        {first ? null : <RoleFields t={t} form={form} error={errors['role']} />}
        <MoreFields t={t} form={form} first={first} error={errors['role']} />
        {first ? null : <RecordedFields t={t} form={form} open={form.role === 'personCausingHarm'} />}
        <SaveButtons t={t} caseId={file.caseId} next={first ? t('people.card.next') : undefined} />
        {card !== null && file.cards.length > 1 ? (
          <Button variant="warning" name="then" value="remove">
            {t('people.card.remove', { name: card.name || nameOf(t, file) })}
          </Button>
        ) : null}
      </form>
    </TaskFrame>
  )
}

/** Who they are where that is not asked above, a pronoun, the name on papers, a short note. */
function MoreFields(p: {
  readonly t: Screen['t']
  readonly form: Typed
  readonly first: boolean
  readonly error: string | undefined
}) {
  const { t, form, first, error } = p
  return (
    <Details
      summary={t(first ? 'people.card.more-first' : 'people.card.more')}
      open={
        form.pronoun !== '' || form.legalName !== '' || form.note !== '' || (first && error !== undefined)
      }
    >
      {first ? <RoleFields t={t} form={form} error={error} /> : null}
      <Input
        name="pronoun"
        label={t('people.card.pronoun')}
        hint={t('people.card.pronoun-hint')}
        value={form.pronoun}
        width={10}
      />
      <Input
        name="legalName"
        label={t('people.card.legal-name')}
        hint={t('people.card.legal-name-hint')}
        value={form.legalName}
        width="two-thirds"
        spellcheck={false}
      />
      <AboutText
        t={t}
        name="note"
        label={t('people.card.note')}
        hint={t('people.card.note-hint')}
        value={form.note}
        rows={2}
      />
    </Details>
  )
}

function Aloud({ t, form }: { readonly t: Screen['t']; readonly form: Typed }) {
  return (
    <Radios
      name="aloud"
      small
      legend={t('people.card.aloud')}
      hint={t('people.card.aloud-hint')}
      value={form.aloud}
      items={[
        { value: 'same', text: t('people.card.aloud-same') },
        {
          value: 'other',
          text: t('people.card.aloud-other'),
          conditional: (
            <Input
              name="sayAloud"
              label={t('people.card.aloud-names')}
              value={form.sayAloud}
              spellcheck={false}
            />
          ),
        },
        { value: 'none', text: t('people.card.aloud-none') },
      ]}
    />
  )
}

function RoleFields({
  t,
  form,
  error,
}: {
  readonly t: Screen['t']
  readonly form: Typed
  readonly error: string | undefined
}) {
  return (
    <>
      <Radios
        name="role"
        small
        legend={t('people.card.role')}
        hint={t('people.card.role-hint')}
        value={form.role}
        error={error}
        items={cardRoles.map((role) => ({ value: role, text: t(`people.role.${role}`) }))}
      />
      <Select
        name="roleSource"
        label={t('people.card.source')}
        value={form.roleSource}
        items={roleSources.map((source) => ({ value: source, text: t(`people.source.${source}`) }))}
      />
    </>
  )
}

/** The card of the address: null for a new person, undefined when there is none such. */
function cardOf(file: CaseFile, id: string): Card | null | undefined {
  return id === 'new' ? null : file.cards.find((card) => card.id === id)
}

function formOf(file: CaseFile, card: Card | null): Typed {
  if (card === null) {
    const role = file.cards.length === 0 ? 'survivor' : ''
    return {
      name: '',
      aloud: 'none',
      sayAloud: '',
      legalName: '',
      pronoun: '',
      role,
      roleSource: 'said-so',
      note: '',
      ...recordedTyped(null),
      version: 0,
    }
  }
  const same = card.sayAloud.length === 1 && card.sayAloud[0] === card.name
  return {
    ...card,
    ...recordedTyped(card),
    legalName: card.legalName ?? '',
    aloud: same ? 'same' : card.sayAloud.length > 0 ? 'other' : 'none',
    sayAloud: same ? '' : card.sayAloud.join(', '),
  }
}

function bodyOf(form: Form): CardBody {
  const names = form.sayAloud.split(',').map((name) => name.trim())
  const other = names.filter((name) => name !== '').slice(0, 6)
  const same = form.name === '' ? [] : [form.name]
  const sayAloud = form.aloud === 'same' ? same : form.aloud === 'other' ? other : []
  const { recordedAs: as, recordedWhere: where, recordedChanged } = form
  const recorded =
    as.length === 0 && where === '' ? undefined : { as, where, changed: recordedChanged === 'yes' }
  return CardBody.parse({ ...form, sayAloud, recorded })
}

function textsOf(typed: Readonly<Record<string, unknown>>): Partial<Typed> {
  const { recordedChanged, recordedAs, ...rest } = typed
  const texts = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value === 'string'))
  const as = [recordedAs ?? []].flat().map(String)
  return { ...texts, recordedAs: as, recordedChanged: recordedChanged === 'yes' }
}
