import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Input, WarningText } from '#platform/ui'

import { eraseCase } from './erase.actions.ts'
import { TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { fileOf } from './task.ts'

const Form = z.object({ step: z.enum(['sure', 'erase']), word: z.string().max(40).default('') })

export const erasePage = new Hono<MemberEnv>()

/** First page: what erasing does and does not do. */
erasePage.get(paths.erase, needs('privacy:lead'), (c) => show(c, 'ask', null))

/** Second page: a word typed by hand; then it is done, and nothing brings it back. */
erasePage.post(paths.erase, needs('privacy:lead'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok || form.data.step === 'sure') return show(c, 'sure', null)
  const { t } = c.var
  if (form.data.word.toLowerCase() !== t('people.erase.word')) return show(c, 'sure', t('people.erase.wrong'))
  const done = await eraseCase(c.var.db, c.var.actor, c.req.param('id'))
  return 'refused' in done ? notFound(c) : c.redirect(`${paths.work}?done=erased`, 303)
})

async function show(c: Context<MemberEnv>, step: 'ask' | 'sure', error: string | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t } = c.var
  const errors = error === null ? {} : { word: error }
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('people.erase.title')} errors={errors}>
      {step === 'ask' ? (
        <ul class="govuk-list govuk-list--bullet">
          {(['now', 'backups', 'shared', 'ledger'] as const).map((point) => (
            <li>{t(`people.erase.${point}`)}</li>
          ))}
        </ul>
      ) : (
        <WarningText>{t('people.erase.warning')}</WarningText>
      )}
      <form method="post" action={casePath('erase', file.caseId)} novalidate>
        {step === 'sure' ? (
          <Input
            name="word"
            label={t('people.erase.type', { word: t('people.erase.word') })}
            width={10}
            error={errors['word']}
            spellcheck={false}
          />
        ) : null}
        <ButtonGroup>
          <Button name="step" value={step === 'ask' ? 'sure' : 'erase'} variant="warning">
            {t(step === 'ask' ? 'people.erase.go-on' : 'people.erase.go')}
          </Button>
          <a class="govuk-link" href={casePath('case', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </TaskFrame>,
    error === null ? 200 : 422,
  )
}
