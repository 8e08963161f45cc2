import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'

import { type MemberEnv, needs, readForm, readPosted } from '#platform/http'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  Details,
  Input,
  InsetText,
  Lines,
  PageHeading,
  Radios,
  Select,
  TextArea,
} from '#platform/ui'

import { cardRoles } from './card.ts'
import type { OnNamed } from './careful.actions.ts'
import { ownConflict } from './conflict.actions.ts'
import { type Screen, WorkFrame } from './frame.view.tsx'
import { type Chosen, type Found, isCardRole, LetterForm, type LetterRead } from './letter.ts'
import { startFromLetter } from './letter.actions.ts'
import { letterToKeep, noteParts, readLetter } from './letter.rules.ts'
import { classesFor } from './note-class.rules.ts'
import { NoteClassChoice } from './note-class.view.tsx'
import { paths } from './paths.ts'
import { afterConflict, afterNaming } from './task.ts'

/** A pasted referral letter: read here, shown sentence by sentence, and nothing kept but what somebody chooses. */
export function letterPage(onNamed: OnNamed): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.letter, needs('case:write'), (c) =>
    c.html(<Paste screen={c.var} letter="" from="" errors={{}} />),
  )
  page.post(paths.letter, needs('case:write'), async (c) => {
    const form = await readForm(c, LetterForm)
    if (!form.ok) {
      const text = (name: string) => [form.values[name] ?? ''].flat()[0] ?? ''
      return c.html(
        <Paste screen={c.var} letter={text('letter')} from={text('from')} errors={form.errors} />,
        422,
      )
    }
    const read = readLetter(form.data.letter)
    if (form.data.step === 'read') return c.html(<Choose screen={c.var} form={form.data} read={read} />)
    return save(c, form.data, await chosenOf(c, form.data, read), onNamed)
  })
  return page
}

async function save(
  c: Context<MemberEnv>,
  form: LetterForm,
  chosen: readonly Chosen[],
  onNamed: OnNamed,
): Promise<Response> {
  const { db, actor, t } = c.var
  const dates = chosen.filter(({ found }) => found.kind === 'date')
  const { sentences } = readLetter(form.letter)
  const rest = [...new Set(dates.map(({ found }) => sentences[found.sentence] ?? ''))]
  const { caseId, harmNamed } = await startFromLetter(db, actor, chosen, {
    zone: t.timeZone,
    today: Temporal.Now.plainDateISO(t.timeZone).toString(),
    newId: randomUUID,
    from: form.from,
    noteClass: classesFor(actor).offered.find((each) => each === form.noteClass),
    rest: rest.length === 0 ? [] : notesFrom(t, t('people.letter.note-dates'), rest.join('\n')),
    kept: form.keep === 'no' ? [] : notesFrom(t, letterHead(t, form.from), form.letter),
  })
  if (harmNamed) await onNamed(db, actor, caseId)
  const own = await ownConflict(db, actor, caseId)
  if (own !== null) return c.redirect(afterConflict(own, caseId), 303)
  const name = chosen.find(({ role }) => role === 'survivor')?.found.value ?? ''
  return c.redirect(await afterNaming(c, { caseId, name }, undefined), 303)
}

/** A text as it may be kept, whole: under its heading, and where it takes several notes each says which part it is. */
function notesFrom(t: Screen['t'], heading: string, text: string): readonly string[] {
  const parts = noteParts(letterToKeep(text))
  return parts.map((words, at) => {
    const which = t('people.letter.part', { part: at + 1, parts: parts.length })
    return [heading, ...(parts.length === 1 ? [] : [which]), '', words].join('\n')
  })
}

function letterHead(t: Screen['t'], from: string): string {
  return from === '' ? t('people.letter.note') : t('people.letter.note-from', { from })
}

/** What was chosen: a name with a role, anything else with its tick. */
async function chosenOf(
  c: Context<MemberEnv>,
  form: LetterForm,
  read: LetterRead,
): Promise<readonly Chosen[]> {
  const posted = await readPosted(c)
  return read.found.flatMap((found): readonly Chosen[] => {
    if (found.kind !== 'name') return form.take.includes(found.id) ? [{ found, role: null }] : []
    const role = posted.get(`role-${found.id}`)?.[0]
    return typeof role === 'string' && isCardRole(role) ? [{ found, role }] : []
  })
}

function Paste(p: {
  readonly screen: Screen
  readonly letter: string
  readonly from: string
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t } = p.screen
  return (
    <WorkFrame
      screen={p.screen}
      title={t('people.letter.title')}
      back={{ href: paths.work, text: t('people.work.title') }}
      errors={p.errors}
    >
      <PageHeading>{t('people.letter.title')}</PageHeading>
      <p class="govuk-body">{t('people.letter.lead')}</p>
      <form method="post" action={paths.letter} novalidate>
        <Input
          name="from"
          label={t('people.letter.from')}
          hint={t('people.letter.from-hint')}
          value={p.from}
          error={p.errors['from']}
          width="two-thirds"
          spellcheck={false}
        />
        <TextArea
          name="letter"
          label={t('people.letter.letter')}
          value={p.letter}
          error={p.errors['letter']}
          rows={14}
        />
        <Button name="step" value="read">
          {t('people.letter.read')}
        </Button>
      </form>
    </WorkFrame>
  )
}

function Choose(p: { readonly screen: Screen; readonly form: LetterForm; readonly read: LetterRead }) {
  const { t } = p.screen
  const { found, sentences } = p.read
  const told = [...Map.groupBy(found, (each) => each.sentence)]
  return (
    <WorkFrame
      screen={p.screen}
      title={t('people.letter.choose')}
      back={{ href: paths.letter, text: t('people.letter.another') }}
    >
      <PageHeading>{t('people.letter.choose')}</PageHeading>
      <p class="govuk-body">
        {t(found.length === 0 ? 'people.letter.nothing' : 'people.letter.choose-lead')}
      </p>
      <form method="post" action={paths.letter} novalidate>
        <input type="hidden" name="letter" value={p.form.letter} />
        <input type="hidden" name="from" value={p.form.from} />
        {told.map(([at, pieces]) => (
          <Sentence t={t} text={sentences[at] ?? ''} pieces={pieces} />
        ))}
        <Details summary={t('people.letter.whole')}>
          <Lines text={sentences.join('\n')} />
        </Details>
        <Radios
          name="keep"
          legend={t('people.letter.keep')}
          hint={t('people.letter.keep-hint')}
          value="no"
          items={[
            { value: 'no', text: t('people.letter.keep-no') },
            {
              value: 'yes',
              text: t('people.letter.keep-yes'),
              conditional: <NoteClassChoice t={t} actor={p.screen.actor} value={p.form.noteClass} />,
            },
          ]}
        />
        <ButtonGroup>
          <Button name="step" value="save">
            {t('people.letter.go')}
          </Button>
          <a class="govuk-link" href={paths.work}>
            {t('people.call.leave')}
          </a>
        </ButtonGroup>
      </form>
    </WorkFrame>
  )
}

/** A sentence of the letter, and under it what it says: names ask who they are, anything else waits for a tick. */
function Sentence(p: { readonly t: Screen['t']; readonly text: string; readonly pieces: readonly Found[] }) {
  const { t, pieces } = p
  const ticked = pieces.filter(({ kind }) => kind !== 'name')
  return (
    <section>
      <InsetText>
        <Lines text={p.text} />
      </InsetText>
      {pieces
        .filter(({ kind }) => kind === 'name')
        .map((found) => (
          <Select
            name={`role-${found.id}`}
            label={t('people.letter.who', { name: found.value })}
            hint={
              found.readsLike === null
                ? undefined
                : t('people.letter.reads-like', { role: t(`people.role.${found.readsLike}`) })
            }
            value=""
            items={[
              { value: '', text: t('people.letter.leave-out') },
              ...cardRoles.map((role) => ({ value: role, text: t(`people.role.${role}`) })),
            ]}
          />
        ))}
      {ticked.length === 0 ? null : (
        <Checkboxes
          name="take"
          legend={t('people.letter.take')}
          small
          items={ticked.map((found) => ({
            value: found.id,
            text:
              found.kind === 'want'
                ? t('people.letter.kind.want')
                : t('people.letter.found', {
                    kind: t(`people.letter.kind.${found.kind}`),
                    value: found.value,
                  }),
          }))}
        />
      )}
    </section>
  )
}
