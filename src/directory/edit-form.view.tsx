import type { Context } from 'hono'
import type { FormValues, MemberEnv } from '#platform/http'
import { Button, type Content, Input, PageHeading, StaffPage } from '#platform/ui'
import { paths } from './paths.ts'
import type { ServiceDetail } from './service.ts'

/** What was typed and what is wrong with it. */
export interface Filled {
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** What one box says. */
export function textOf({ values }: Filled, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** What is ticked. */
export function ticked({ values }: Filled, name: string): string[] {
  return [values[name] ?? []].flat()
}

/** A page that changes one part of an entry: its fields, why it changes, and a button. */
export function EditForm({
  c,
  service,
  title,
  action,
  back,
  filled,
  children,
}: {
  readonly c: Context<MemberEnv>
  readonly service: ServiceDetail
  readonly title: string
  readonly action: string
  readonly back?: string
  readonly filled: Filled
  readonly children?: Content
}) {
  const { t, actor, nav } = c.var
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.editor}
      title={t(title)}
      back={back ?? paths.entry(service.id)}
      errors={filled.errors}
    >
      <PageHeading caption={service.name}>{t(title)}</PageHeading>
      <form method="post" action={action}>
        {children}
        <Input
          name="why"
          label={t('directory.history.why-label')}
          hint={t('directory.history.why-hint')}
          value={textOf(filled, 'why')}
          error={filled.errors['why']}
        />
        <Button>{t('directory.visit.save')}</Button>
      </form>
    </StaffPage>
  )
}
