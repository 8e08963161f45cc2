import type { Context } from 'hono'
import type { FormValues, MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, type Content, type DateValue, Input } from '#platform/ui'
import { EditorFrame } from './editor-frame.view.tsx'
import { paths } from './paths.ts'
import type { ServiceDetail } from './service.ts'

/** What was typed and what is wrong with it. */
export interface Filled {
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** What one box says. */
export function textOf({ values }: Pick<Filled, 'values'>, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** What is ticked. */
export function ticked({ values }: Filled, name: string): string[] {
  return [values[name] ?? []].flat()
}

/** A day as its three boxes say it: as typed, or as it stands. */
export function dayOf(values: FormValues, name: string): DateValue {
  const one = (box: string) => textOf({ values }, box)
  const [year, month, day] = one(name)?.split('-') ?? []
  if (day !== undefined) return { day, month, year }
  return { day: one(`${name}-day`), month: one(`${name}-month`), year: one(`${name}-year`) }
}

/** Why it changes: kept in the history, read by editors only. */
export function WhyField({ t, filled }: { readonly t: Words; readonly filled: Filled }) {
  return (
    <Input
      name="why"
      label={t('directory.history.why-label')}
      hint={t('directory.history.why-hint')}
      value={textOf(filled, 'why')}
      error={filled.errors['why']}
    />
  )
}

/** A page that changes one part of an entry: its fields, why it changes, and its buttons. */
export function EditForm({
  c,
  service,
  title,
  caption,
  action,
  back,
  filled,
  save,
  buttons,
  below,
  children,
}: {
  readonly c: Context<MemberEnv>
  readonly service: ServiceDetail
  readonly title: string
  /** Whose it is, where it is not the entry's alone. */
  readonly caption?: string
  readonly action: string
  readonly back?: string
  readonly filled: Filled
  /** The word on the first button, where it is not *Save*. */
  readonly save?: string
  /** Further buttons. */
  readonly buttons?: Content
  /** Stands under the form. */
  readonly below?: Content
  readonly children?: Content
}) {
  const { t } = c.var
  return (
    <EditorFrame
      screen={c.var}
      title={t(title)}
      caption={caption ?? service.name}
      back={back ?? paths.entry(service.id)}
      errors={filled.errors}
    >
      <form method="post" action={action} novalidate>
        {children}
        <WhyField t={t} filled={filled} />
        <ButtonGroup>
          <Button>{t(save ?? 'directory.visit.save')}</Button>
          {buttons}
        </ButtonGroup>
      </form>
      {below}
    </EditorFrame>
  )
}
