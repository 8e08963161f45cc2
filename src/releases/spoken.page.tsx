import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { otherAgencies } from '#parties'
import { openForWork, readFile } from '#people'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, Input, InsetText, Radios, WarningText, Lines } from '#platform/ui'

import { type DraftContext, draftContext } from './draft.rules.ts'
import { CaseFrame, errorsOf } from './frame.view.tsx'
import { nameToUse } from './held-items.view.ts'
import { hearers, type StoredRelease } from './kept-release.ts'
import { paths, releasePath } from './paths.ts'
import { databaseNow, releaseOf } from './release.store.ts'
import { identities } from './release.ts'
import { scriptOf } from './script.view.ts'
import { setIdentity, takeSignature } from './signing.actions.ts'
import { type SpokenAllowed, spokenAllowed } from './spoken.rules.ts'

const Form = z.object({
  version: z.coerce.number().int(),
  identity: z.enum(identities, 'releases.apart.identity-missing'),
  hearer: z.enum(hearers, 'releases.spoken.hearer-missing'),
  heard: z.string('releases.spoken.heard-missing').trim().min(1, 'releases.spoken.heard-missing').max(200),
  read: z.array(z.enum(['read', 'yes'])).length(2, 'releases.spoken.read-missing'),
})

export const spokenPage = new Hono<MemberEnv>()

interface Room {
  readonly stored: StoredRelease
  readonly name: string
  readonly context: DraftContext
  readonly allowed: SpokenAllowed
}

/** The exact words to read out, where the law of the place takes a spoken yes; elsewhere the answer of the law that does not. */
spokenPage.get(paths.spoken, needs('release:write'), async (c) => {
  const room = await roomOf(c)
  return room === null ? notFound(c) : show(c, room, {}, null, 200)
})

spokenPage.post(paths.spoken, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const room = await roomOf(c)
  const opened = await openForWork(db, actor, c.req.param('id'), 'changing')
  if (room === null || opened === null) return notFound(c)
  const { stored, allowed, context } = room
  if (!allowed.allowed) return show(c, room, {}, null, 409)
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, room, form.errors, form.values, 422)
  const { data } = form
  const at = { id: stored.id, version: data.version }
  const values = { ...data, version: String(data.version) }
  const known = await setIdentity(db, opened.key, at, data.identity)
  if ('refused' in known) return show(c, room, { form: t('releases.apart.changed') }, values, 409)
  const signed = await takeSignature(
    db,
    actor,
    opened.key,
    known,
    {
      names: known.kept.signers.map((signer) => signer.name),
      copy: 'kept-here',
      way: 'spoken',
      spoken: {
        readBy: actor.displayName,
        heardBy: { as: data.hearer, name: data.heard },
        script: scriptOf(t, known.kept).join('\n'),
        language: t.lang,
        rule: allowed.rule,
      },
    },
    context,
  )
  if (!('refused' in signed)) return c.redirect(releasePath('send', stored.caseId, stored.id), 303)
  const errors: FieldErrors =
    signed.refused === 'problems'
      ? errorsOf(t, signed.problems, (field) =>
          ['witness', 'interpreter'].includes(field) ? 'heard' : 'form',
        )
      : { form: t('releases.apart.changed') }
  return show(c, { ...room, stored: known }, errors, { ...values, version: String(known.version) }, 409)
})

async function roomOf(c: Context<MemberEnv>): Promise<Room | null> {
  const { db, actor } = c.var
  const opened = await openForWork(db, actor, c.req.param('id') ?? '', 'reading')
  const stored = opened === null ? null : await releaseOf(db, opened.key, c.req.param('release') ?? '')
  if (opened === null || stored === null || stored.state !== 'draft' || !stored.kept.talked) return null
  if (stored.kept.release.signatures.length > 0) return null
  const file = await readFile(db, opened)
  const now = await databaseNow(db)
  const context = draftContext(actor, file, await otherAgencies(db, actor.partyId), now)
  return { stored, name: nameToUse(file), context, allowed: spokenAllowed(stored.kept, context.rules) }
}

function show(
  c: Context<MemberEnv>,
  room: Room,
  errors: FieldErrors,
  values: FormValues | null,
  status: 200 | 409 | 422,
) {
  const { t } = c.var
  const { stored, allowed } = room
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={stored.caseId}
      name={room.name}
      title={t('releases.spoken.title')}
      back={{ href: releasePath('talk', stored.caseId, stored.id), text: t('releases.sending.step.talk') }}
      errors={errors}
    >
      {allowed.allowed ? (
        <Read c={c} room={room} errors={errors} values={values} />
      ) : (
        <>
          <WarningText>{t('releases.spoken.not-allowed', { rule: allowed.rule })}</WarningText>
          <Button href={releasePath('apart', stored.caseId, stored.id)}>{t('releases.apart.link')}</Button>
        </>
      )}
    </CaseFrame>,
    status,
  )
}

function Read(p: {
  readonly c: Context<MemberEnv>
  readonly room: Room
  readonly errors: FieldErrors
  readonly values: FormValues | null
}) {
  const { t } = p.c.var
  const { stored, allowed } = p.room
  const typed = (field: string) => [p.values?.[field] ?? []].flat()
  return (
    <>
      <p class="govuk-body-l">{t('releases.spoken.lead', { rule: allowed.rule })}</p>
      <InsetText>
        {scriptOf(t, stored.kept).map((line) => (
          <p class="govuk-body">
            <Lines text={line} />
          </p>
        ))}
      </InsetText>
      <form method="post" action={releasePath('spoken', stored.caseId, stored.id)} id="form" novalidate>
        <input type="hidden" name="version" value={String(stored.version)} />
        <Radios
          name="identity"
          legend={t('releases.apart.identity')}
          legendSize="m"
          value={typed('identity')[0]}
          error={p.errors['identity']}
          items={identities.map((value) => ({ value, text: t(`releases.apart.identities.${value}`) }))}
        />
        <Radios
          name="hearer"
          legend={t('releases.spoken.hearer')}
          legendSize="m"
          hint={t('releases.spoken.hearer-hint')}
          value={typed('hearer')[0]}
          error={p.errors['hearer']}
          items={hearers.map((value) => ({ value, text: t(`releases.spoken.hearers.${value}`) }))}
        />
        <Input
          name="heard"
          label={t('releases.spoken.heard')}
          width={20}
          value={typed('heard')[0] ?? ''}
          error={p.errors['heard']}
        />
        <Checkboxes
          name="read"
          legend={t('releases.spoken.done')}
          values={typed('read')}
          error={p.errors['read']}
          items={(['read', 'yes'] as const).map((value) => ({
            value,
            text: t(`releases.spoken.steps.${value}`),
          }))}
        />
        <ButtonGroup>
          <Button>{t('releases.spoken.go')}</Button>
          <Button href={releasePath('send', stored.caseId, stored.id)} variant="secondary">
            {t('releases.turn.not-now')}
          </Button>
        </ButtonGroup>
      </form>
    </>
  )
}
