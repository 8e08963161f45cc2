import type { FieldErrors, MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  type Content,
  InsetText,
  Input,
  OneTimeSecret,
  PageHeading,
  StaffPage,
  SummaryList,
  Tag,
  WarningText,
} from '#platform/ui'
import { referralPaths, type Thread, threadPath } from '#referrals'

import type { Link } from './link.ts'
import type { Standing } from './standing.rules.ts'

type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

interface FrameProps {
  readonly screen: Screen
  readonly thread: Thread
  readonly errors?: FieldErrors
  readonly title: string
  readonly children?: Content
}

function Frame({ screen, thread, errors, title, children }: FrameProps) {
  const { t } = screen
  const back = { href: threadPath('thread', thread.id), text: t('referrals.back-to-thread') }
  return (
    <StaffPage
      t={t}
      actor={screen.actor}
      nav={screen.nav}
      current={referralPaths.list}
      title={title}
      back={back}
      errors={errors}
    >
      <PageHeading caption={thread.otherName}>{title}</PageHeading>
      {children}
    </StaffPage>
  )
}

/** Where a link stands, as a tag and a sentence. */
export function LinkStanding({ t, standing }: { readonly t: Words; readonly standing: Standing }) {
  const { state } = standing
  const good = state === 'answered' || state === 'opened'
  return (
    <>
      <Tag colour={good ? 'green' : state === 'sent' || state === 'untold' ? 'blue' : 'grey'}>
        {t(`light.state.${state}`)}
      </Tag>{' '}
      {standingText(t, standing)}
    </>
  )
}

function standingText(t: Words, { state, endsAt, openedAt }: Standing): string {
  if (state === 'sent') return t('light.link.until', { when: t.dateTime(endsAt) })
  if (state === 'untold' || state === 'untold-over')
    return t(`light.link.${state}`, { when: t.dateTime(endsAt) })
  return openedAt === null ? '' : t('light.link.opened', { when: t.dateTime(openedAt) })
}

/** The page of the link to an office: where it stands, whom to ring, and a new one. */
export function LinkPage(p: {
  readonly screen: Screen
  readonly thread: Thread
  readonly link: Link | null
  readonly standing: Standing | null
  readonly mail: string
  /** Something is shared still, and the thread goes on. */
  readonly open: boolean
  /** False once the office has an account. */
  readonly office: boolean
  readonly phones: readonly string[]
  readonly errors: FieldErrors
}) {
  const { t } = p.screen
  const { link, standing, thread } = p
  const to = thread.otherName
  return (
    <Frame screen={p.screen} thread={thread} errors={p.errors} title={t('light.link.title')}>
      {p.errors['form'] === undefined ? null : <WarningText>{p.errors['form']}</WarningText>}
      <p class="govuk-body">{t('light.link.lead', { to })}</p>
      {link === null || standing === null ? null : <Stands t={t} link={link} standing={standing} />}
      <Asked t={t} at={link?.askedAt ?? null} />
      {p.office ? null : <InsetText>{t('light.link.has-account', { to })}</InsetText>}
      {p.office && !p.open ? <InsetText>{t('light.link.over')}</InsetText> : null}
      {p.open ? <MakeForm {...p} again={link !== null} /> : null}
      {standing?.running === true ? (
        <form method="post" action={threadPath('link', thread.id)}>
          <Button name="step" value="end" variant="secondary">
            {t('light.link.end')}
          </Button>
        </form>
      ) : null}
    </Frame>
  )
}

function Stands(p: { readonly t: Words; readonly link: Link; readonly standing: Standing }) {
  const { t, standing } = p
  const tries =
    standing.tries === null
      ? []
      : [
          {
            key: t('light.link.tries'),
            value: t('light.link.tries-of', { tries: t.number(standing.tries) }),
          },
        ]
  return (
    <SummaryList
      compact
      rows={[
        { key: t('light.link.stands'), value: <LinkStanding t={t} standing={standing} /> },
        { key: t('light.link.made'), value: t.dateTime(p.link.madeAt) },
        ...tries,
      ]}
    />
  )
}

function Asked({ t, at }: { readonly t: Words; readonly at: Date | null }) {
  return at === null ? null : <InsetText>{t('light.link.asked', { when: t.dateTime(at) })}</InsetText>
}

function MakeForm(p: {
  readonly screen: Screen
  readonly thread: Thread
  readonly mail: string
  readonly phones: readonly string[]
  readonly errors: FieldErrors
  readonly again: boolean
}) {
  const { t } = p.screen
  return (
    <>
      <h2 class="govuk-heading-m">{t(p.again ? 'light.link.new' : 'light.link.first')}</h2>
      <p class="govuk-body">{t('light.link.verify')}</p>
      <Phones t={t} phones={p.phones} />
      <form method="post" action={threadPath('link', p.thread.id)} novalidate>
        <Input
          name="mail"
          type="email"
          label={t('referrals.office.mail')}
          value={p.mail}
          width="two-thirds"
          spellcheck={false}
          error={p.errors['mail']}
        />
        <Checkboxes
          name="told"
          legend={t('light.link.before')}
          values={[]}
          items={[{ value: 'rang', text: t('light.link.rang') }]}
          error={p.errors['told']}
        />
        <ButtonGroup>
          <Button name="step" value="make">
            {t('light.link.go')}
          </Button>
        </ButtonGroup>
      </form>
    </>
  )
}

function Phones({ t, phones }: { readonly t: Words; readonly phones: readonly string[] }) {
  return phones.length === 0 ? (
    <p class="govuk-body">{t('light.link.no-phone')}</p>
  ) : (
    <ul class="govuk-list">
      {phones.map((phone) => (
        <li>
          <strong>{phone}</strong>
        </li>
      ))}
    </ul>
  )
}

/** The code, once: to whom it is said, and how one makes sure of that. */
export function CodeShown(p: {
  readonly screen: Screen
  readonly thread: Thread
  readonly code: string
  readonly mail: string
  readonly phones: readonly string[]
}) {
  const { t } = p.screen
  return (
    <Frame screen={p.screen} thread={p.thread} title={t('light.code.title')}>
      <p class="govuk-body">{t('light.code.lead', { mail: p.mail })}</p>
      <OneTimeSecret label={t('light.code.label')} secret={p.code} />
      <h2 class="govuk-heading-m">{t('light.code.ring')}</h2>
      <Phones t={t} phones={p.phones} />
      <ul class="govuk-list govuk-list--bullet">
        <li>{t('light.code.directory')}</li>
        <li>{t('light.code.whom')}</li>
        <li>{t('light.code.never')}</li>
      </ul>
      <p class="govuk-body">{t('light.code.lasts')}</p>
      <ButtonGroup>
        <Button href={threadPath('thread', p.thread.id)}>{t('light.code.done')}</Button>
      </ButtonGroup>
    </Frame>
  )
}
