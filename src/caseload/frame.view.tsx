import { paths as work } from '#people'
import type { MemberEnv } from '#platform/http'
import { type Content, type Errors, PageHeading, StaffPage } from '#platform/ui'

import { paths } from './paths.ts'

type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

/** A page of bringing cases along. */
export function Frame(p: {
  readonly screen: Screen
  readonly title: string
  readonly caption?: string
  readonly first?: boolean
  readonly errors?: Errors | undefined
  readonly children?: Content
}) {
  const { t, actor, nav } = p.screen
  const back = p.first === true ? work.work : paths.all
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={work.work}
      title={p.title}
      back={{ href: back, text: t(p.first === true ? 'people.work.title' : 'caseload.title') }}
      errors={p.errors}
    >
      <PageHeading caption={p.caption}>{p.title}</PageHeading>
      {p.children}
    </StaffPage>
  )
}
