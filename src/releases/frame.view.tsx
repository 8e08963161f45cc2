import { casePath } from '#people'
import type { MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { type Content, type Errors, NotificationBanner, PageHeading, StaffPage } from '#platform/ui'

/** What a staff page is drawn with. */
export type Screen = Pick<MemberEnv['Variables'], 't' | 'actor' | 'nav'>

/** One task of one case: whose case it is above the heading, and the way back. */
export function CaseFrame(p: {
  readonly screen: Screen
  readonly caseId: string
  readonly name: string
  readonly title: string
  readonly back?: { readonly href: string; readonly text?: string } | undefined
  readonly errors?: Errors | undefined
  /** Said above everything else: that somebody else was first, that something was refused. */
  readonly notice?: Content
  readonly wide?: boolean | undefined
  readonly children?: Content
}) {
  const { t, actor, nav } = p.screen
  const back = p.back ?? { href: casePath('case', p.caseId), text: t('releases.back-to-case') }
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current="/work"
      title={p.title}
      back={back}
      errors={p.errors}
      wide={p.wide}
    >
      {p.notice ? <NotificationBanner>{p.notice}</NotificationBanner> : null}
      <PageHeading caption={p.name === '' ? t('releases.no-name') : p.name}>{p.title}</PageHeading>
      {p.children}
    </StaffPage>
  )
}

/** A word for a field's name that a screen shows as errors; several problems of one field show their first sentence. */
export function errorsOf(
  t: Words,
  problems: readonly {
    readonly field: string
    readonly rule: string
    readonly key: string
    readonly values?: Readonly<Record<string, string | number>> | undefined
  }[],
  fieldOf: (field: string) => string,
): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const problem of problems) {
    const field = fieldOf(problem.field)
    errors[field] ??= sentenceOf(t, problem)
  }
  return errors
}

/** The sentence of a problem, with the id of a rule of the table where one spoke. */
export function sentenceOf(
  t: Words,
  problem: {
    readonly rule: string
    readonly key: string
    readonly values?: Readonly<Record<string, string | number>> | undefined
  },
): string {
  const sentence = t.has(problem.key) ? t(problem.key, problem.values) : t(`releases.rule.${problem.rule}`)
  return /^(uk|us)-\d+$/.test(problem.rule)
    ? t('releases.by-rule', { sentence, rule: problem.rule })
    : sentence
}
