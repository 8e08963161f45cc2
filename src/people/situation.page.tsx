import { type Context, Hono } from 'hono'

import { facetById, facetWords, type FacetWords } from '#directory'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { SummaryList } from '#platform/ui'

import { abuseFacet } from './abuse.rules.ts'
import { answerText } from './answer.view.ts'
import type { CaseFile } from './case.ts'
import { FacetFields } from './facet.view.tsx'
import { type Screen, TaskFrame } from './frame.view.tsx'
import { menuFor } from './menu.actions.ts'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { saveSituation } from './sheet.actions.ts'
import { answerFrom, type FacetTyped, isOld, nextToAsk } from './situation.rules.ts'
import { type Answers, openAnswers } from './situation.ts'
import { fileOf } from './task.ts'
import { toldFor } from './told.actions.ts'
import { toldText } from './told-text.view.ts'
import type { Told } from './told.ts'
import { questionOf } from './told.rules.ts'
import { ToldOffers } from './told.view.tsx'

export const situationPage = new Hono<MemberEnv>()

/** A few questions at a time, the one that settles most first; `?ask=` asks one alone, for instance from the menu. */
situationPage.get(paths.situation, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const wanted = await askedNow(c, file)
  const told =
    againIn(c).length > 0
      ? []
      : await toldFor(
          c.var.db,
          c.var.actor,
          file,
          wanted.map(({ id }) => id),
        )
  const asked = wanted.filter(({ id }) => !told.some(({ answer }) => questionOf(answer) === id))
  const typed = new Map(asked.map((facet) => [facet.id, typedOf(facet, file.answers)]))
  return c.html(
    <Situation
      screen={c.var}
      file={file}
      asked={asked}
      typed={typed}
      told={told}
      back={backOf(c.req.query('back'))}
    />,
  )
})

situationPage.post(paths.situation, needs('case:write'), async (c) => {
  const posted = await readPosted(c)
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const caseId = c.req.param('id')
  const back = backOf(text('back'))
  const asked = (posted.get('asks') ?? []).flatMap((id) =>
    typeof id === 'string' ? (facetById(id, c.var.t.pack) ?? []) : [],
  )
  const typed = new Map(asked.map((facet) => [facet.id, typedFrom(facet, text)]))
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { answers, errors } = read(c.var.t, asked, typed)
  const shown = { asked, typed, back }
  if (Object.keys(errors).length > 0)
    return c.html(<Situation screen={c.var} file={file} {...shown} errors={errors} />, 422)
  const version = Number(text('version'))
  const saved = await saveSituation(
    c.var.db,
    c.var.actor,
    { caseId, version },
    { ...file.answers, ...answers },
  )
  if ('refused' in saved) {
    if (saved.refused === 'no-case') return notFound(c)
    return c.html(<Situation screen={c.var} file={file} {...shown} conflict />, 409)
  }
  if (back === 'menu' || text('then') === 'menu') return c.redirect(casePath('menu', caseId), 303)
  if (text('then') === 'next') return c.redirect(casePath('situation', caseId), 303)
  return c.redirect(`${casePath('case', caseId)}?saved=1`, 303)
})

/** Questions that are asked again although they were told before. */
function againIn(c: Context<MemberEnv>): readonly string[] {
  return (c.req.query('asking') ?? '').split(',').filter((id) => id !== '')
}

async function askedNow(c: Context<MemberEnv>, file: CaseFile): Promise<readonly FacetWords[]> {
  const again = againIn(c).flatMap((id) => facetById(id, c.var.t.pack) ?? [])
  if (again.length > 0) return again
  const one = facetById(c.req.query('ask') ?? '', c.var.t.pack)
  if (one !== null) return [one]
  const codes = file.needs.flatMap((need) => (need.code === '' ? [] : [need.code]))
  const menu = await menuFor(c.var.db, {
    situation: file.situation,
    pack: c.var.actor.pack,
    ...(codes.length === 0 ? {} : { need: codes }),
  })
  const waiting = menu.bestQuestion === null ? [] : [menu.bestQuestion]
  const today = Temporal.Now.plainDateISO(c.var.t.timeZone).toString()
  return nextToAsk(facetWords(c.var.t.pack), file.answers, file.needs.length === 0 ? [] : waiting, today)
}

function Situation(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly asked: readonly FacetWords[]
  readonly typed: ReadonlyMap<string, FacetTyped>
  readonly back: 'menu' | null
  readonly told?: readonly Told[]
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}) {
  const { t } = p.screen
  const { file, asked } = p
  const back =
    p.back === null ? undefined : { href: casePath('menu', file.caseId), text: t('people.menu.back') }
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.details.title')}
      lead={t('people.details.lead')}
      back={back}
      errors={p.errors}
      conflict={p.conflict ? t('people.details.conflict') : undefined}
    >
      <ToldOffers t={t} caseId={file.caseId} page="situation" told={p.told ?? []} />
      {asked.length === 0 ? (
        p.told?.length ? null : (
          <p class="govuk-body">{t('people.details.all-asked')}</p>
        )
      ) : (
        <form method="post" action={casePath('situation', file.caseId)} novalidate>
          <input type="hidden" name="version" value={String(file.sheets.situation.version)} />
          {p.back === null ? null : <input type="hidden" name="back" value={p.back} />}
          {asked.map((facet) => (
            <FacetFields
              t={t}
              facet={facet}
              typed={p.typed.get(facet.id)}
              error={p.errors?.[`f-${facet.id}`]}
            />
          ))}
          <SaveButtons
            t={t}
            caseId={file.caseId}
            next={p.back === null ? t('people.details.next') : undefined}
          />
        </form>
      )}
      <Answered t={t} file={file} />
      <p class="govuk-body">
        <a class="govuk-link" href={casePath('menu', file.caseId)}>
          {t('people.details.to-menu')}
        </a>
      </p>
    </TaskFrame>
  )
}

function Answered({ t, file }: { readonly t: Screen['t']; readonly file: CaseFile }) {
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const rows = facetWords(t.pack).flatMap((facet) => {
    const answer = file.answers[facet.id]
    if (answer === undefined) return []
    const old = isOld(facet.id, answer, today)
    const asked =
      answer.from !== undefined && !old
        ? toldText(t, answer.from)
        : answer.askedOn === ''
          ? ''
          : t(old ? 'people.details.asked-old' : 'people.details.asked', {
              date: t.shortDate(answer.askedOn),
            })
    return [
      {
        key: facet.label,
        value: (
          <>
            {answerText(t, facet.id, answer)}{' '}
            <span class={old ? 'govuk-!-font-weight-bold' : 'app-muted'}>{asked}</span>
          </>
        ),
        action: {
          // How the abuse is has dates and a source: a page of its own.
          href:
            facet.id === abuseFacet
              ? casePath('abuse', file.caseId)
              : `${casePath('situation', file.caseId)}?ask=${facet.id}`,
          text: t('people.change'),
          hidden: facet.label,
        },
      },
    ]
  })
  if (rows.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('people.details.answered')}</h2>
      <SummaryList rows={rows} compact />
    </section>
  )
}

function read(t: Screen['t'], asked: readonly FacetWords[], typed: ReadonlyMap<string, FacetTyped>) {
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const answers: Record<string, Answers[string]> = {}
  const errors: Record<string, string> = {}
  for (const facet of asked) {
    const boxes = typed.get(facet.id)
    const answer = boxes === undefined ? null : answerFrom(facet, boxes, today)
    if (answer === null) continue
    if ('wrong' in answer) errors[`f-${facet.id}`] = t(`people.details.wrong-${facet.unit ?? 'value'}`)
    else answers[facet.id] = answer
  }
  return { answers, errors }
}

function typedFrom(facet: FacetWords, text: (name: string) => string): FacetTyped {
  const value = text(`f-${facet.id}`)
  const state = text(`s-${facet.id}`) || value
  return {
    value: openAnswers.some((each) => each === value) ? '' : value,
    months: text(`m-${facet.id}`),
    state: openAnswers.find((each) => each === state) ?? '',
  }
}

function typedOf(facet: FacetWords, answers: Answers): FacetTyped {
  const answer = answers[facet.id]
  if (answer === undefined) return { value: '', months: '', state: '' }
  if (answer.state !== 'known') return { value: '', months: '', state: answer.state }
  if (facet.unit !== 'months') return { value: String(answer.value), months: '', state: '' }
  const months = Number(answer.value)
  return {
    value: String(Math.floor(months / 12)),
    months: months % 12 === 0 ? '' : String(months % 12),
    state: '',
  }
}

function backOf(text: string | undefined): 'menu' | null {
  return text === 'menu' ? 'menu' : null
}
