import { Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, InsetText, Radios, SummaryList } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { safeWays } from './contact-apart.rules.ts'
import { contactNow } from './contact-now.actions.ts'
import { waySentences } from './contact.view.tsx'
import { Refused, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import type { ContactAnswer, ContactWay } from './safe-contact.ts'
import { fileOf } from './task.ts'
import { owedBy } from './urgency.rules.ts'
import { urgencySentence } from './urgency.view.ts'

const Form = z.object({
  way: z.string('people.contact-now.missing').min(1, 'people.contact-now.missing').max(50),
})

export const contactNowPage = new Hono<MemberEnv>()

/** Which way to use now. No number is shown before the rules were asked. */
contactNowPage.get(paths.contactNow, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  return c.html(<Choose screen={c.var} file={file} />)
})

/** Asks the one gate for this moment, and shows the number with what to say, or the rule that says no. */
contactNowPage.post(paths.contactNow, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const way = form.ok ? file.contact?.ways.find((each) => each.id === form.data.way) : undefined
  if (file.contact === null || way === undefined)
    return c.html(<Choose screen={c.var} file={file} errors={form.ok ? {} : form.errors} />, 422)
  const answer = await contactNow(c.var.db, c.var.actor, file, way, new Date())
  return c.html(<Answer screen={c.var} file={file} way={way} answer={answer} />)
})

function Choose(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly errors?: Readonly<Record<string, string>>
}) {
  const { t } = p.screen
  const ways = p.file.contact === null ? [] : safeWays(p.file.contact)
  const none = p.file.contact?.nothingAtAll === true || ways.length === 0
  return (
    <TaskFrame screen={p.screen} file={p.file} title={t('people.contact-now.title')} errors={p.errors}>
      {none ? (
        <>
          <Refused>
            {t(p.file.contact === null ? 'people.contact.says.nothing-yet' : 'people.contact.says.none')}
          </Refused>
          <Button href={casePath('contact', p.file.caseId)} variant="secondary">
            {t('people.contact.title')}
          </Button>
        </>
      ) : (
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
          <Button>{t('people.contact-now.go')}</Button>
        </form>
      )}
    </TaskFrame>
  )
}

function Answer(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly way: ContactWay
  readonly answer: ContactAnswer
}) {
  const { t } = p.screen
  const { answer, way, file } = p
  return (
    <TaskFrame screen={p.screen} file={file} title={t('people.contact-now.title')}>
      {owedBy(file.urgency) === null ? null : (
        <p class="govuk-body">
          {urgencySentence(t, file.urgency)}{' '}
          <a class="govuk-link" href={casePath('urgency', file.caseId)}>
            {t('people.contact-now.owed')}
          </a>
        </p>
      )}
      {'refused' in answer ? (
        <>
          <Refused>{t(answer.key)}</Refused>
          {answer.safeFrom === null ? null : (
            <p class="govuk-body">
              {t('people.contact-now.safe-from', { when: t.dateTime(answer.safeFrom) })}
            </p>
          )}
          <p class="govuk-body">
            <a class="govuk-link" href={`${casePath('contact', file.caseId)}?way=${way.id}`}>
              {t('people.contact-now.check')}
            </a>
          </p>
        </>
      ) : (
        <>
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
        </>
      )}
    </TaskFrame>
  )
}
