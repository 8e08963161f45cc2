import { type Context, Hono } from 'hono'
import type { z } from 'zod'

import {
  asTyped,
  expireCookie,
  type FieldErrors,
  type FormValues,
  readForm,
  type SiteEnv,
} from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  type ActDone,
  askQuestion,
  type Decision,
  decide,
  doorsOf,
  endThread,
  lackAtField,
  nextDoorsFor,
  openThreadFile,
  reasons,
  recordMet,
  refusalOf,
  type ThreadFile,
  type ThreadRefusal,
} from '#referrals'

import { answerOf, type forms, forms as formOf } from './answer.ts'
import { AnswerPage, DonePage } from './answer.view.tsx'
import type { OpenLetter } from './letter.actions.ts'
import { withLetter } from './letter.page.tsx'
import { paths } from './paths.ts'

export const answerPage = new Hono<SiteEnv>()

/** One answer of an office: its form, and then the link is over. */
answerPage.get(paths.answer, (c) => {
  const answer = answerOf(c.req.param('answer'))
  return withLetter(c, async (letter, t) => {
    const file = await openThreadFile(letter.db, letter.actor, letter.threadId)
    if (file === null) return null
    if (answer === null || !file.shared || refusalOf(file.thread, answer.act) !== null)
      return c.redirect(paths.letter, 303)
    return draw(c, { letter, t, file }, answer.id, {}, {}, 200)
  })
})

answerPage.post(paths.answer, async (c) => {
  const answer = answerOf(c.req.param('answer'))
  const form = answer === null ? null : await readForm(c, formOf[answer.id])
  return withLetter(c, async (letter, t) => {
    const file = await openThreadFile(letter.db, letter.actor, letter.threadId)
    if (file === null) return null
    if (answer === null || form === null) return c.redirect(paths.letter, 303)
    const at = { letter, t, file }
    // Whose words they are is known only once the letter is open.
    const read = form.ok ? form : await readForm(c, formOf[answer.id], { t })
    if (!read.ok) return draw(c, at, answer.id, read.values, read.errors, 422)
    const { version: _, ...typed } = read.data
    const said = await say(at, answer.id, read.data)
    if ('errors' in said) return draw(c, at, answer.id, asTyped(typed), said.errors, 422)
    if ('refused' in said) {
      const why =
        said.refused === 'changed-meanwhile' ? 'light.answer.changed' : `referrals.refused.${said.refused}`
      const errors = { form: t(why, { agency: file.thread.otherName }) }
      return draw(c, at, answer.id, asTyped(typed), errors, 409)
    }
    const told = await openThreadFile(letter.db, letter.actor, letter.threadId)
    const own = told?.pieces.findLast((piece) => piece.way === 'out') ?? null
    await letter.close(true)
    expireCookie(c, 'visit')
    return c.html(
      <DonePage
        t={t}
        agency={file.thread.otherName}
        kept={said.reached === 'kept'}
        own={own?.letter ?? null}
        at={own?.at}
      />,
    )
  })
})

interface At {
  readonly letter: OpenLetter
  readonly t: Words
  readonly file: ThreadFile
}

type Said = ActDone | ThreadRefusal | { readonly errors: FieldErrors }
type Data<Id extends keyof typeof forms> = z.output<(typeof forms)[Id]>

/** Says one thing, by the same acts and rules as a member of an agency. */
function say(
  at: At,
  id: keyof typeof forms,
  data: z.output<(typeof forms)[keyof typeof forms]>,
): Promise<Said> {
  const { db, actor, threadId } = at.letter
  const thread = { threadId, version: data.version }
  switch (id) {
    case 'yes':
      return yes(at, data as Data<'yes'>)
    case 'wait':
      return decide(db, actor, thread, waiting(data as Data<'wait'>))
    case 'no':
      return no(at, data as Data<'no'>)
    case 'question': {
      const { text, name, phone } = data as Data<'question'>
      return askQuestion(db, actor, thread, { text, ringBack: { name, phone, cover: '' } })
    }
    case 'met': {
      const { on, words, came } = data as Data<'met'>
      return recordMet(db, actor, thread, { on, words, cameAlong: came })
    }
    case 'end': {
      const { outcome, words } = data as Data<'end'>
      return endThread(db, actor, thread, { outcome, words })
    }
  }
}

async function yes({ letter, t, file }: At, data: Data<'yes'>): Promise<Said> {
  const thread = { threadId: letter.threadId, version: data.version }
  const person = { name: data.name, phone: data.phone, cover: '' }
  if (file.thread.kind === 'ask')
    return decide(letter.db, letter.actor, thread, { about: 'would-take', how: data.how ?? 'send', person })
  if (data.starts === undefined) return { errors: { starts: t('referrals.act.accept.date-missing') } }
  return decide(letter.db, letter.actor, thread, {
    about: 'accepted',
    startsOn: data.starts,
    person,
    first: null,
    note: data.note,
  })
}

function waiting(data: Data<'wait'>): Decision {
  return {
    about: 'waiting',
    place: data.place ?? null,
    expectedOn: data.expected ?? null,
    person: { name: data.name, phone: data.phone, cover: '' },
    note: data.note,
  }
}

/** A no says why and where to knock next; nobody is turned away for danger before a service has them the same day. */
async function no({ letter, t, file }: At, data: Data<'no'>): Promise<Said> {
  const { reason, sameDay: service, sameDayPerson: person, sentence, version } = data
  const asked = reasons.find((each) => each.code === reason)
  const doors = await nextDoorsFor(letter.db, letter.actor, file)
  const effectOfAbuse = data[reason === 'disability' ? 'effect-disability' : 'effect-diagnosis']
  const at = { threadId: letter.threadId, version }
  const done = await decide(letter.db, letter.actor, at, {
    about: 'declined',
    reason,
    sentence,
    ...(asked?.needsSameDay === true ? { sameDay: { service, person } } : {}),
    ...(asked?.asksEffectOfAbuse === true ? { effectOfAbuse } : {}),
    next: doorsOf(doors, data),
    person: { name: data.name, phone: data.phone, cover: '' },
  })
  return 'refused' in done && done.refused === 'no-incomplete' ? { errors: lackAtField(t, done.lacks) } : done
}

async function draw(
  c: Context<SiteEnv>,
  { letter, t, file }: At,
  id: keyof typeof forms,
  values: FormValues,
  errors: FieldErrors,
  status: 200 | 409 | 422,
): Promise<Response> {
  const doors = id === 'no' ? await nextDoorsFor(letter.db, letter.actor, file) : []
  return c.html(
    <AnswerPage t={t} id={id} thread={file.thread} values={values} errors={errors} doors={doors} />,
    status,
  )
}
