import { Hono } from 'hono'
import { z } from 'zod'

import { setYoung } from '#parties'
import { type FieldErrors, type FormValues, type MemberEnv, needs, readForm } from '#platform/http'
import {
  Button,
  Input,
  InsetText,
  NotificationBanner,
  PageHeading,
  Radios,
  StaffPage,
  WarningText,
} from '#platform/ui'

import { lawPackOf } from './law-packs.ts'
import { mayAgreeAlone } from './law-pack.rules.ts'
import { paths } from './paths.ts'
import { rulesFor } from './rule-packs.ts'
import { roleOf } from './sharing.ts'
import { type YoungRead, youngFieldOf, youngStanding } from './young.rules.ts'

const Form = z.object({
  who: z.enum(['law', 'own'], 'releases.young.who-missing'),
  from: z.string().max(10).default(''),
  citation: z.string().trim().max(300).default(''),
})

export const youngPage = new Hono<MemberEnv>()

/** From which age a young person agrees alone to what this agency shares: as the law of the place has it, and as the agency read it. */
youngPage.get(paths.young, needs('agency:admin'), (c) => {
  const own = c.var.actor.young ?? null
  const values =
    own === null ? { who: 'law' } : { who: 'own', from: String(own.from), citation: own.citation }
  return c.html(<YoungPage screen={c.var} values={values} errors={{}} done={c.req.query('done')} />)
})

youngPage.post(paths.young, needs('agency:admin'), async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) return c.html(<YoungPage screen={c.var} values={form.values} errors={form.errors} />, 422)
  const { who, from, citation } = form.data
  const own = who === 'law' ? null : { from: Number(from), citation }
  const wrong = own === null ? null : problemOf(c.var, from, own)
  if (wrong !== null) {
    const errors = { [wrong.field]: t(wrong.key) }
    return c.html(<YoungPage screen={c.var} values={form.data} errors={errors} />, 422)
  }
  const before = actor.young ?? null
  if (own?.from !== before?.from || own?.citation !== before?.citation) await setYoung(db, actor, own)
  return c.redirect(`${paths.young}?done=young`, 303)
})

type Screen = Pick<MemberEnv['Variables'], 't' | 'nav' | 'actor'>

/** What keeps a reading from counting: no age, no place in the law, or the law itself stands against it. */
function problemOf(
  { actor }: Pick<Screen, 'actor'>,
  typed: string,
  own: YoungRead,
): { readonly field: string; readonly key: string } | null {
  if (!/^\d{1,2}$/.test(typed) || own.from < 10 || own.from > 18)
    return { field: 'from', key: 'releases.young.from-missing' }
  if (own.citation === '') return { field: 'citation', key: 'releases.young.citation-missing' }
  const standing = youngStanding(lawPackOf(actor.pack, actor.law), roleOf(actor.sector), own)
  if (standing === 'fills' || standing === 'stricter') return null
  return { field: standing === 'law-later' ? 'from' : 'who', key: `releases.young.not.${standing}` }
}

interface YoungProps {
  readonly screen: Screen
  readonly values: FormValues
  readonly errors: FieldErrors
  readonly done?: string | undefined
}

function YoungPage(p: YoungProps) {
  const { t, nav, actor } = p.screen
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.law}
      title={t('releases.young.title')}
      errors={p.errors}
    >
      {p.done === 'young' ? (
        <NotificationBanner kind="success">{t('releases.young.saved')}</NotificationBanner>
      ) : null}
      <PageHeading>{t('releases.young.title')}</PageHeading>
      <p class="govuk-body-l">{t(actor.pack === 'uk' ? 'releases.young.uk' : 'releases.young.lead')}</p>
      {actor.pack === 'uk' ? null : (
        <>
          <NowCounts screen={p.screen} />
          {mayBeSet(actor) ? <YoungForm {...p} /> : null}
        </>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.law}>
          {t('releases.law.title')}
        </a>
      </p>
    </StaffPage>
  )
}

/** Whether an age of our own could count at all; one that was set under another law can always be taken back. */
function mayBeSet({ pack, law, sector, young }: Screen['actor']): boolean {
  const standing = youngStanding(lawPackOf(pack, law), roleOf(sector), { from: 18 })
  return standing === 'fills' || standing === 'stricter' || (young ?? null) !== null
}

/** The law alone, or an age with its place in the law. */
function YoungForm(p: YoungProps) {
  const { t } = p.screen
  const text = (field: string) => [p.values[field] ?? ''].flat()[0] ?? ''
  return (
    <form method="post" action={paths.young} class="app-form" novalidate>
      <Radios
        name="who"
        legend={t('releases.young.who')}
        value={text('who')}
        error={p.errors['who']}
        items={[
          { value: 'law', text: t('releases.young.by-law') },
          {
            value: 'own',
            text: t('releases.young.by-own'),
            hint: t('releases.young.by-own-hint'),
            conditional: (
              <>
                <Input
                  name="from"
                  label={t('releases.young.from')}
                  hint={t('releases.young.from-hint')}
                  width={2}
                  inputmode="numeric"
                  value={text('from')}
                  error={p.errors['from']}
                />
                <Input
                  name="citation"
                  label={t('releases.young.citation')}
                  hint={t('releases.young.citation-hint')}
                  value={text('citation')}
                  error={p.errors['citation']}
                />
              </>
            ),
          },
        ]}
      />
      <Button>{t('releases.young.save')}</Button>
    </form>
  )
}

/** What counts today, and by which row; what stands in the way is said before anybody types. */
function NowCounts({ screen: { t, actor } }: { readonly screen: Screen }) {
  const from = roleOf(actor.sector)
  const { law } = rulesFor(actor)
  const own = actor.young ?? null
  const standing = youngStanding(lawPackOf(actor.pack, actor.law), from, { from: own?.from ?? 18 })
  const shut = ['no-pack', 'no-field', 'both-sign'].includes(standing)
  const row = mayAgreeAlone(law, from, null).row
  const age = ages.find((each) => mayAgreeAlone(law, from, each * 12).may)
  const now =
    age === undefined || youngFieldOf(from) === null
      ? t('releases.young.now-never')
      : t('releases.young.now-from', { age })
  return (
    <>
      {shut ? <WarningText>{t(`releases.young.not.${standing}`)}</WarningText> : null}
      <InsetText>{t('releases.by-rule', { sentence: now, rule: row })}</InsetText>
    </>
  )
}

const ages = Array.from({ length: 18 }, (_, age) => age)
