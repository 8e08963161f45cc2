import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, InsetText, Radios, SummaryList } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { type ChosenWorker, type PassReason, passReasons } from './chosen.ts'
import { passChosen } from './chosen.actions.ts'
import { mustGoThrough } from './chosen.rules.ts'
import { throughSentence } from './chosen.view.tsx'
import { colleaguesOf } from './colleague.store.ts'
import { safeWays } from './contact-apart.rules.ts'
import { isWord } from './code-word.rules.ts'
import { contactNow, gateNow } from './contact-now.actions.ts'
import { agreeOverride, askOverride } from './contact-override.actions.ts'
import { AskColleague, Aloud, CodeWord, Pending, Said } from './contact-now.view.tsx'
import { waySentences } from './contact.view.tsx'
import { Refused, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import type { ContactAnswer, ContactRefusal, ContactWay } from './safe-contact.ts'
import { fileOf } from './task.ts'
import { owedBy } from './urgency.rules.ts'
import { urgencySentence } from './urgency.view.ts'

const Form = z.object({
  way: z.string('people.contact-now.missing').min(1, 'people.contact-now.missing').max(50),
  /** Why somebody reaches past the worker whom the person chose. */
  pass: z.enum(passReasons).optional(),
  why: z.string().max(500, 'people.chosen.long').default(''),
  step: z.literal('pass').optional(),
  act: z.enum(['show', 'word', 'ask', 'agree']).default('show'),
  /** The code word as it was said. */
  word: z.string().max(60).default(''),
  /** Why it cannot wait. */
  reason: z.string().max(500).default(''),
  /** When what somebody agrees to was asked, as their page showed it. */
  askedAt: z.string().max(40).default(''),
})

export const contactNowPage = new Hono<MemberEnv>()

/** Which way to use now. No number is shown before the rules were asked. */
contactNowPage.get(paths.contactNow, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  return choose(c, file)
})

/** Asks the one gate for this moment, and shows the number with what to say, or the rule that says no. */
contactNowPage.post(paths.contactNow, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const way = form.ok ? file.contact?.ways.find((each) => each.id === form.data.way) : undefined
  if (!form.ok || file.contact === null || way === undefined)
    return choose(c, file, { errors: form.ok ? {} : form.errors }, 422)
  const { db, actor, t } = c.var
  const now = new Date()
  const { act, word, reason } = form.data
  if (act === 'word') return choose(c, file, { said: isWord(file.contact.codeWord ?? '', word) })
  if (act === 'ask' && reason === '') {
    const answer = gateNow(file, way, now)
    // Nothing to ask for any more: the number is shown by its own step, which is written down.
    if (!('refused' in answer)) return choose(c, file)
    const errors = { reason: t('people.contact-now.override-reason-missing') }
    return c.html(<Answer screen={c.var} file={file} way={way} answer={answer} errors={errors} />, 422)
  }
  if (act !== 'show') {
    const done =
      act === 'ask'
        ? await askOverride(db, actor, file, { way, reason, now })
        : await agreeOverride(db, actor, file, { wayId: way.id, askedAt: form.data.askedAt, now })
    if ('refused' in done && done.refused === 'no-case') return notFound(c)
    if (act === 'agree' && 'refused' in done && done.refused !== 'same-person')
      return choose(c, file, { changed: true }, 409)
    return c.redirect(casePath('contactNow', file.caseId), 303)
  }
  const through = mustGoThrough(file, actor.accountId)
  if (through !== null) {
    const pass = passed(t, form.data)
    if ('errors' in pass) {
      const status = form.data.step === 'pass' ? 422 : 200
      return c.html(<Through screen={c.var} file={file} way={way} worker={through} {...pass} />, status)
    }
    const kept = await passChosen(db, actor, file, pass, now)
    if ('refused' in kept) return choose(c, file, {}, 409)
  }
  const answer = await contactNow(db, actor, file, way, now)
  return c.html(<Answer screen={c.var} file={file} way={way} answer={answer} />)
})

/** Why there is no way to use: nothing was asked, nothing was allowed, or every way goes through somebody who is named. */
function noWayKey(contact: CaseFile['contact']) {
  if (contact === null) return 'people.contact.says.nothing-yet'
  const shut = !contact.nothingAtAll && contact.ways.length > 0
  return shut ? 'people.contact.says.left-out' : 'people.contact.says.none'
}

/** The reason that was given, or what is missing of it: nobody reaches past the chosen worker without one. */
function passed(
  t: Screen['t'],
  given: z.infer<typeof Form>,
):
  | { readonly errors: Readonly<Record<string, string>>; readonly pass?: string; readonly why: string }
  | { readonly reason: PassReason; readonly words: string } {
  const { pass, why, step } = given
  if (step !== 'pass') return { errors: {}, why }
  if (pass === undefined) return { errors: { pass: t('people.chosen.pass-missing') }, why }
  if (why === '') return { errors: { why: t('people.chosen.why-missing') }, pass, why }
  return { reason: pass, words: why }
}

/** Through whom, first; and the way past them, with a reason that they will read. */
function Through(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly way: ContactWay
  readonly worker: ChosenWorker
  readonly errors: Readonly<Record<string, string>>
  readonly pass?: string | undefined
  readonly why: string
}) {
  const { t } = p.screen
  return (
    <TaskFrame screen={p.screen} file={p.file} title={t('people.contact-now.title')} errors={p.errors}>
      <InsetText>
        <p class="govuk-body">{throughSentence(t, p.worker)}</p>
        {p.worker.backup === '' ? null : (
          <p class="govuk-body">{t('people.chosen.backup-line', { backup: p.worker.backup })}</p>
        )}
      </InsetText>
      <form method="post" action={casePath('contactNow', p.file.caseId)} novalidate>
        <input type="hidden" name="way" value={p.way.id} />
        <Radios
          name="pass"
          legend={t('people.chosen.pass-legend')}
          hint={t('people.chosen.pass-hint')}
          value={p.pass}
          error={p.errors['pass']}
          items={passReasons.map((reason) => ({ value: reason, text: t(`people.chosen.pass.${reason}`) }))}
        />
        <AboutText
          t={t}
          name="why"
          label={t('people.chosen.why')}
          hint={t('people.chosen.why-hint')}
          value={p.why}
          error={p.errors['why']}
          rows={2}
        />
        <Button name="step" value="pass" variant="warning">
          {t('people.chosen.pass-do')}
        </Button>
      </form>
    </TaskFrame>
  )
}

interface Chosen {
  readonly errors?: Readonly<Record<string, string>>
  /** Whether the word that was tried is the one agreed. */
  readonly said?: boolean
  /** What somebody agreed to is no longer what was asked. */
  readonly changed?: boolean
}

/** The ways to choose from, and what a colleague asked for with who asked it. */
async function choose(
  c: Context<MemberEnv>,
  file: CaseFile,
  more: Chosen = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const by = file.contact?.override?.by
  const asker =
    by === undefined
      ? undefined
      : (await colleaguesOf(c.var.db, c.var.actor)).find((each) => each.accountId === by)?.name
  return c.html(<Choose screen={c.var} file={file} asker={asker} {...more} />, status)
}

function Choose(
  p: Chosen & { readonly screen: Screen; readonly file: CaseFile; readonly asker: string | undefined },
) {
  const { t } = p.screen
  const ways = p.file.contact === null ? [] : safeWays(p.file.contact)
  const none = p.file.contact?.nothingAtAll === true || ways.length === 0
  return (
    <TaskFrame screen={p.screen} file={p.file} title={t('people.contact-now.title')} errors={p.errors}>
      {none ? (
        <>
          <Refused>{t(noWayKey(p.file.contact))}</Refused>
          <Button href={casePath('contact', p.file.caseId)} variant="secondary">
            {t('people.contact.title')}
          </Button>
        </>
      ) : (
        <>
          <Said t={t} said={p.said} />
          {p.changed === true ? <Refused>{t('people.contact-now.override-changed')}</Refused> : null}
          <Pending t={t} file={p.file} me={p.screen.actor.accountId} asker={p.asker} />
          <form method="post" action={casePath('contactNow', p.file.caseId)} novalidate>
            <Radios
              name="way"
              legend={t('people.contact-now.way')}
              value={ways.length === 1 ? ways[0]?.id : undefined}
              error={p.errors?.['way']}
              items={ways.map((way) => ({
                value: way.id,
                text: t(`people.contact.channel.${way.channel}`),
                hint: waySentences(t, way).join(' '),
              }))}
            />
            <Aloud t={t} contact={p.file.contact} />
            <Button>{t('people.contact-now.go')}</Button>
          </form>
        </>
      )}
    </TaskFrame>
  )
}

function Answer(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly way: ContactWay
  readonly answer: ContactAnswer
  readonly errors?: Readonly<Record<string, string>>
}) {
  const { t } = p.screen
  const { answer, way, file } = p
  return (
    <TaskFrame screen={p.screen} file={file} title={t('people.contact-now.title')} errors={p.errors}>
      {owedBy(file.urgency) === null ? null : (
        <p class="govuk-body">
          {urgencySentence(t, file.urgency)}{' '}
          <a class="govuk-link" href={casePath('urgency', file.caseId)}>
            {t('people.contact-now.owed')}
          </a>
        </p>
      )}
      {'refused' in answer ? (
        <NotNow t={t} file={file} way={way} answer={answer} error={p.errors?.['reason']} />
      ) : (
        <>
          {answer.how.overridden === null ? null : (
            <InsetText>{t('people.contact-now.override-used', { rule: answer.how.overridden })}</InsetText>
          )}
          {answer.how.askWhoIsThere ? <InsetText>{t('people.contact-now.ask-who')}</InsetText> : null}
          <SummaryList
            rows={[
              { key: t(`people.contact.channel.${way.channel}`), value: <strong>{answer.how.value}</strong> },
              {
                key: t('people.contact-now.name'),
                value: answer.how.name ?? t('people.contact.says.no-name'),
              },
              {
                key: t('people.contact-now.say'),
                value: t(`people.contact.script.${answer.how.script}`),
              },
              ...(way.channel === 'call'
                ? [
                    {
                      key: t('people.contact-now.someone-else'),
                      value: t(`people.contact.script.${answer.how.ifSomeoneElse}`),
                    },
                    {
                      key: t('people.contact-now.voicemail'),
                      value: t(`people.contact.voicemail-${answer.how.voicemail}`),
                    },
                  ]
                : []),
            ]}
          />
          {answer.how.askCodeWord ? <CodeWord t={t} file={file} way={way} /> : null}
        </>
      )}
    </TaskFrame>
  )
}

/** The rule that says no, when it would be safe, and the ways on. */
function NotNow(p: {
  readonly t: Screen['t']
  readonly file: CaseFile
  readonly way: ContactWay
  readonly answer: ContactRefusal
  readonly error?: string | undefined
}) {
  const { t, file, way, answer } = p
  return (
    <>
      <Refused>{t(answer.key)}</Refused>
      {answer.safeFrom === null ? null : (
        <p class="govuk-body">{t('people.contact-now.safe-from', { when: t.dateTime(answer.safeFrom) })}</p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`${casePath('contact', file.caseId)}?way=${way.id}`}>
          {t('people.contact-now.check')}
        </a>
      </p>
      {answer.overridable ? <AskColleague t={t} file={file} way={way} error={p.error} /> : null}
    </>
  )
}
