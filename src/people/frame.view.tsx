import type { MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  type Content,
  type Errors,
  NotificationBanner,
  PageHeading,
  SearchBox,
  StaffPage,
  Tag,
  WarningText,
} from '#platform/ui'

import type { CaseFile } from './case.ts'
import { subjectOf } from './card.rules.ts'
import { casePath, paths } from './paths.ts'

/** What every page of casework is drawn with. */
export type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

interface FrameProps {
  readonly screen: Screen
  readonly title: string
  readonly back?: { readonly href: string; readonly text?: string } | undefined
  readonly errors?: Errors | undefined
  readonly wide?: boolean | undefined
  /** The menu's entry that the page belongs to; *My work* where it is left out. */
  readonly current?: string | undefined
  readonly children?: Content
}

/** A page of casework: the menu, and the search by name in the masthead. */
export function WorkFrame(p: FrameProps) {
  const { t, actor, nav } = p.screen
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={p.current ?? paths.work}
      title={p.title}
      back={p.back}
      errors={p.errors}
      wide={p.wide}
      search={<SearchBox action={paths.search} name="query" />}
    >
      {p.children}
    </StaffPage>
  )
}

/** One task of one case: a heading that says whose case it is, and the way back to it. */
export function TaskFrame(
  p: FrameProps & {
    readonly file: CaseFile
    readonly lead?: string | undefined
    /** The page was saved by somebody else in between: everything typed stands below. */
    readonly conflict?: Content
  },
) {
  const { t } = p.screen
  return (
    <WorkFrame
      {...p}
      back={p.back ?? { href: casePath('case', p.file.caseId), text: t('people.back-to-case') }}
    >
      <PageHeading caption={nameOf(t, p.file)}>{p.title}</PageHeading>
      {p.lead ? <p class="govuk-body">{p.lead}</p> : null}
      {p.conflict ? (
        <NotificationBanner title={t('people.conflict.title')}>
          <p class="govuk-notification-banner__heading">{t('people.conflict.heading')}</p>
          <div class="govuk-body">{p.conflict}</div>
        </NotificationBanner>
      ) : null}
      {p.children}
    </WorkFrame>
  )
}

/** The name to use, or that nobody has said one. */
export function nameOf(t: Words, file: Pick<CaseFile, 'cards'>): string {
  const name = subjectOf(file.cards)?.name ?? ''
  return name === '' ? t('people.no-name') : name
}

/** Says that a case is closed for its team, wherever it is looked at. */
export function ClosedTag({ t }: { readonly t: Words }) {
  return <Tag colour="purple">{t('people.closed-tag')}</Tag>
}

/** A refusal in the page it belongs to. */
export function Refused({ children }: { readonly children?: Content }) {
  return <WarningText>{children}</WarningText>
}

/** What a page holds now that somebody else saved it. */
export function savedText(t: Words, parts: readonly string[]): string {
  const text = parts.filter((part) => part !== '').join(' · ')
  return text === '' ? t('people.conflict.now-empty') : t('people.conflict.now', { text })
}
