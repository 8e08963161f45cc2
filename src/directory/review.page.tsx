import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, type Content, InsetText, Lines, SummaryList, TextArea } from '#platform/ui'
import { EditorFrame } from './editor-frame.view.tsx'
import { looksAfter } from './editor.store.ts'
import { paths, routePaths } from './paths.ts'
import { serviceById } from './service.store.ts'
import type { ServiceDetail } from './service.ts'
import { capacityText } from './service.view.ts'
import { aboutText } from './suggest.view.tsx'
import { review } from './suggestion.actions.ts'
import { isSimple } from './suggestion.rules.ts'
import { fieldText, waitingSuggestion } from './suggestion.store.ts'
import { ReviewForm, type Suggestion, type SuggestionAbout } from './suggestion.ts'

export const reviewPage = new Hono<MemberEnv>()

/** One suggestion beside what stands now: write it, change it by hand, or decline. */
reviewPage.get(routePaths.review, needs('directory:edit'), async (c) => {
  const found = await waiting(c)
  if (found === null) return notFound(c)
  return c.html(await view(c, found, { value: found.suggestion.words }, {}))
})

reviewPage.post(routePaths.review, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const found = await waiting(c)
  const form = await readForm(c, ReviewForm)
  if (found === null) return gone(c)
  if (!form.ok) return c.html(await view(c, found, form.values, form.errors), 422)
  const done = await review(db, actor, found.suggestion.id, form.data)
  if ('done' in done) return c.redirect(paths.queue, 303)
  if (done.refused === 'already-decided' || done.refused === 'missing') return gone(c)
  const field = done.refused === 'reason' ? 'reason' : 'value'
  const sentence = t(
    done.refused === 'address' ? 'directory.suggest.address' : `directory.review.${done.refused}`,
  )
  return c.html(await view(c, found, form.data, { [field]: sentence }), 422)
})

interface Found {
  readonly suggestion: Suggestion
  readonly service: ServiceDetail
}

async function waiting(c: Context<MemberEnv>): Promise<Found | null> {
  const suggestion = await waitingSuggestion(c.var.db, c.req.param('id') ?? '')
  const service = suggestion === null ? null : await serviceById(c.var.db, suggestion.serviceId)
  return suggestion === null || service === null ? null : { suggestion, service }
}

function gone(c: Context<MemberEnv>) {
  const { t } = c.var
  return c.html(
    <EditorFrame screen={c.var} title={t('directory.review.title')} back={paths.queue}>
      <InsetText>{t('directory.refusal.already-decided')}</InsetText>
    </EditorFrame>,
    409,
  )
}

async function view(
  c: Context<MemberEnv>,
  { suggestion, service }: Found,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
) {
  const { t, db, actor } = c.var
  const { about } = suggestion
  const simple = isSimple(about, service)
  const now = simple
    ? (await fieldText(db, service.id, about)) || t('directory.history.nothing')
    : standsNow(t, service, about)
  const mine = await looksAfter(db, actor.partyId, service.id)
  const rows = [
    { key: t('directory.review.about'), value: aboutText(t, about) },
    ...(now === '' ? [] : [{ key: t('directory.review.now'), value: now }]),
    { key: t('directory.review.said'), value: suggestion.words },
    {
      key: t('directory.review.by'),
      value: `${suggestion.byAgency ?? t('directory.review.anybody')}, ${t.date(suggestion.madeOn)}`,
    },
  ]
  return (
    <EditorFrame
      screen={c.var}
      title={t('directory.review.title')}
      caption={`${service.name}, ${service.organizationName}`}
      back={paths.queue}
      errors={errors}
    >
      <p class="govuk-body">{t('directory.review.lead')}</p>
      <SummaryList rows={rows} />
      {mine && !simple ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.entry(service.id)}>
            {t('directory.review.open')}
          </a>
        </p>
      ) : null}
      <Decide t={t} id={suggestion.id} simple={simple} values={values} errors={errors} />
    </EditorFrame>
  )
}

/** What the entry says now of what is changed on a page of its own; nothing where that is too much for a line. */
function standsNow(t: Words, service: ServiceDetail, about: SuggestionAbout): Content {
  if (about === 'room') return capacityText(t, service.capacity)
  if (about !== 'who') return ''
  if (service.thresholds.length === 0) return t('directory.service.who-unknown')
  return <Lines text={service.thresholds.map((each) => each.sentence).join('\n')} />
}

function Decide({
  t,
  id,
  simple,
  values,
  errors,
}: {
  readonly t: MemberEnv['Variables']['t']
  readonly id: string
  readonly simple: boolean
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  return (
    <form method="post" action={paths.review(id)} novalidate>
      {simple ? (
        <TextArea
          name="value"
          label={t('directory.review.value-label')}
          hint={t('directory.review.value-hint')}
          value={text('value')}
          error={errors['value']}
          rows={2}
        />
      ) : null}
      <TextArea
        name="reason"
        label={t('directory.review.reason-label')}
        hint={t('directory.review.reason-hint')}
        value={text('reason')}
        error={errors['reason']}
        rows={2}
      />
      <div class="govuk-button-group">
        {simple ? (
          <Button name="act" value="write">
            {t('directory.review.write')}
          </Button>
        ) : (
          <Button name="act" value="by-hand">
            {t('directory.review.by-hand')}
          </Button>
        )}
        <Button variant="secondary" name="act" value="decline">
          {t('directory.review.decline')}
        </Button>
      </div>
    </form>
  )
}
