import type { MemberEnv } from '#platform/http'
import { type Content, type Errors, NotificationBanner, PageHeading, StaffPage } from '#platform/ui'

import { paths } from './paths.ts'

/** What every page of this room is drawn with. */
export type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

/** A page about the agency's forms. */
export function FormsFrame(p: {
  readonly screen: Screen
  readonly title: string
  readonly caption?: string | undefined
  readonly back: { readonly href: string; readonly text: string }
  readonly errors?: Errors | undefined
  readonly said?: string | undefined
  readonly children?: Content
}) {
  const { t, actor, nav } = p.screen
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.forms}
      title={p.title}
      back={p.back}
      errors={p.errors}
    >
      {p.said === undefined ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{p.said}</p>
        </NotificationBanner>
      )}
      <PageHeading caption={p.caption}>{p.title}</PageHeading>
      {p.children}
    </StaffPage>
  )
}
