import type { MemberEnv } from '#platform/http'
import { type Content, PageHeading, StaffPage } from '#platform/ui'
import { paths } from './paths.ts'

/** What every page takes from its request. */
export type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

/** A page that only editors see: the menu at the directory, the way back, one heading. */
export function EditorFrame({
  screen: { t, actor, nav },
  title,
  caption,
  back,
  errors,
  wide,
  above,
  children,
}: {
  readonly screen: Screen
  readonly title: string
  readonly caption?: string
  readonly back?: string
  readonly errors?: Readonly<Record<string, string>>
  readonly wide?: boolean
  /** Stands above the heading: what has just happened. */
  readonly above?: Content
  readonly children?: Content
}) {
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.editor}
      title={title}
      back={back ?? paths.editor}
      errors={errors ?? {}}
      wide={wide}
    >
      {above}
      <PageHeading caption={caption}>{title}</PageHeading>
      {children}
    </StaffPage>
  )
}
