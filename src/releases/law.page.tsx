import { Hono } from 'hono'
import { z } from 'zod'
import { setLaw } from '#parties'
import { type MemberEnv, needs, readForm } from '#platform/http'
import {
  Button,
  InsetText,
  NotificationBanner,
  PageHeading,
  Radios,
  StaffPage,
  WarningText,
} from '#platform/ui'
import { lawPackOf, lawPacks } from './law-packs.ts'
import { LawFields } from './law.view.tsx'
import { fieldsFor, packField } from './law-pack.rules.ts'
import { paths } from './paths.ts'

const Form = z.object({ law: z.string('releases.law.missing').max(20) })

/** Which state's or nation's law the agency works under, and what its pack says. The administrator's to choose. */
export const lawPage = new Hono<MemberEnv>()

lawPage.get(paths.law, needs('agency:admin'), (c) =>
  c.html(<LawPage screen={c.var} done={c.req.query('done')} />),
)

lawPage.post(paths.law, needs('agency:admin'), async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, Form)
  const chosen = form.ok ? form.data.law : null
  const law = chosen === null || chosen === 'none' ? null : lawPackOf(actor.pack, chosen)
  if (chosen === null || (chosen !== 'none' && law === null))
    return c.html(<LawPage screen={c.var} error={t('releases.law.missing')} />, 422)
  if ((law?.id ?? null) !== actor.law) await setLaw(db, actor, law?.id ?? null)
  return c.redirect(`${paths.law}?done=law`, 303)
})

type Screen = Pick<MemberEnv['Variables'], 't' | 'nav' | 'actor'>

function LawPage({
  screen: { t, nav, actor },
  done,
  error,
}: {
  readonly screen: Screen
  readonly done?: string | undefined
  readonly error?: string
}) {
  const law = lawPackOf(actor.pack, actor.law)
  const asked = fieldsFor(actor.pack)
  const packs = lawPacks(actor.pack)
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.law}
      title={t('releases.law.title')}
      errors={error === undefined ? {} : { law: error }}
    >
      {done === 'law' ? (
        <NotificationBanner kind="success">{t('releases.law.saved')}</NotificationBanner>
      ) : null}
      <PageHeading>{t('releases.law.title')}</PageHeading>
      <p class="govuk-body-l">{t('releases.law.lead')}</p>
      {law === null ? <WarningText>{t('releases.banner.state-missing')}</WarningText> : null}
      <form method="post" action={paths.law} class="app-form" novalidate>
        <Radios
          name="law"
          legend={t('releases.law.which')}
          hint={t('releases.law.which-hint')}
          value={law?.id ?? 'none'}
          error={error}
          items={[
            ...packs.map((pack) => ({
              value: pack.id,
              text: pack.name,
              hint: t('releases.law.filled', {
                count: asked.filter((id) => packField(pack, id).isSet).length,
                all: asked.length,
              }),
            })),
            { divider: t('releases.law.or') },
            { value: 'none', text: t('releases.law.none'), hint: t('releases.law.none-hint') },
          ]}
        />
        <Button>{t('releases.law.save')}</Button>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.young}>
          {t('releases.young.title')}
        </a>
      </p>
      <LawFields t={t} law={law} country={actor.pack} />
      <InsetText>{t('releases.law.add')}</InsetText>
    </StaffPage>
  )
}
