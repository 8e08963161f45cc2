import { Hono } from 'hono'

import { facetWords } from '#directory'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  ForOurRecord,
  InsetText,
  Lines,
  PageHeading,
  PlainPage,
  SummaryList,
} from '#platform/ui'

import { accessSentences } from './access-needs.view.ts'
import { answerText } from './answer.view.ts'
import type { CaseFile } from './case.ts'
import { contactSentences } from './contact.view.tsx'
import { nameOf, Refused, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { paperAnswer } from './safe-contact.rules.ts'
import { nowOf } from './need-progress.rules.ts'
import {
  abuseLines,
  coercionLines,
  entryText,
  progressText,
  strengthLines,
  threadsOf,
  threadText,
} from './story.view.ts'
import { needText, paperRows } from './summary.view.tsx'
import { fileOf } from './task.ts'
import { wishText } from './wish.view.ts'

/** Why a case may not leave as a whole now: the sentence, its rule, and where it stands. Other rooms say so. */
export interface CaseLocked {
  readonly key: string
  readonly rule: string
  readonly href: string
}
export type CaseLock = (db: Tx, actor: Actor, file: CaseFile) => Promise<CaseLocked | null>

/** Which copy: on paper, with a neutral heading, or as one block of text for the agency's own record. */
const copies = ['paper', 'text'] as const

interface Copy {
  readonly screen: Screen
  readonly file: CaseFile
  /** Whether what was asked about coercion stands on this copy. */
  readonly coercion: boolean
}

/** The case on paper, and as text. A first page asks; nothing of the case stands on it, and paper passes safe contact too. */
export function printPage(lock: CaseLock): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.print, needs('case:read'), async (c) => {
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    const locked = await lock(c.var.db, c.var.actor, file)
    if (locked !== null) return c.html(<Locked screen={c.var} file={file} locked={locked} />, 409)
    const sure = copies.find((copy) => copy === c.req.query('sure'))
    const paper = paperAnswer(file.contact, new Date())
    if (sure === undefined || (sure === 'paper' && !paper.may))
      return c.html(<Ask screen={c.var} file={file} paper={paper} />)
    await record(c.var.db, c.var.actor, { kind: 'export.made', of: file.key, detail: { what: 'print' } })
    // Never from the start: a word about somebody's mind or what they take is found, and used.
    const copy = { screen: c.var, file, coercion: c.req.query('coercion') === 'yes' }
    return c.html(sure === 'paper' ? <Paper {...copy} /> : <Text {...copy} />)
  })
  return page
}

function Locked({
  screen,
  file,
  locked,
}: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly locked: CaseLocked
}) {
  const { t } = screen
  return (
    <TaskFrame screen={screen} file={file} title={t('people.print.title')}>
      <Refused>{t('people.print.locked', { sentence: t(locked.key), rule: locked.rule })}</Refused>
      <p class="govuk-body">
        <a class="govuk-link" href={locked.href}>
          {t('people.print.locked-link')}
        </a>
      </p>
    </TaskFrame>
  )
}

/** The second yes: who could find it, and whether safe contact lets paper be. */
function Ask({
  screen,
  file,
  paper,
}: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly paper: ReturnType<typeof paperAnswer>
}) {
  const { t } = screen
  const told = coercionLines(t, file).length > 0
  return (
    <TaskFrame screen={screen} file={file} title={t('people.print.title')}>
      {paper.may ? (
        <>
          <InsetText>{t('people.print.keep')}</InsetText>
          {told ? null : <Button href="?sure=paper">{t('people.print.paper')}</Button>}
        </>
      ) : (
        <>
          <Refused>{t(paper.key)}</Refused>
          <p class="govuk-body">
            {t('people.print.instead')}{' '}
            <a class="govuk-link" href={casePath('contact', file.caseId)}>
              {t('people.contact.title')}
            </a>
          </p>
        </>
      )}
      <p class="govuk-body">{t('people.print.text-lead')}</p>
      {told ? (
        <WithCoercion t={t} file={file} paper={paper.may} />
      ) : (
        <ButtonGroup>
          <Button href="?sure=text" variant="secondary">
            {t('people.print.text')}
          </Button>
          <Leave t={t} file={file} />
        </ButtonGroup>
      )}
    </TaskFrame>
  )
}

/** Where something was asked about coercion: it stands on a copy only when somebody ticks it. */
function WithCoercion(p: { readonly t: Words; readonly file: CaseFile; readonly paper: boolean }) {
  const { t, file } = p
  return (
    <form method="get" action={casePath('print', file.caseId)}>
      <Checkboxes
        name="coercion"
        legend={t('people.print.coercion-legend')}
        hint={t('people.print.coercion-hint')}
        small
        items={[{ value: 'yes', text: t('people.print.coercion') }]}
      />
      <ButtonGroup>
        {p.paper ? (
          <Button name="sure" value="paper">
            {t('people.print.paper')}
          </Button>
        ) : null}
        <Button name="sure" value="text" variant="secondary">
          {t('people.print.text')}
        </Button>
        <Leave t={t} file={file} />
      </ButtonGroup>
    </form>
  )
}

function Leave({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  return (
    <a class="govuk-link" href={casePath('case', file.caseId)}>
      {t('people.print.no')}
    </a>
  )
}

/** What goes on paper: its window is called what every open page is called, and no agency and no product stands on it. */
function Paper({ screen: { t }, file, coercion }: Copy) {
  const back = { href: casePath('print', file.caseId), text: t('people.print.back') }
  return (
    <PlainPage t={t} title={t('people.print.title')} back={back} wide>
      <PageHeading>{nameOf(t, file)}</PageHeading>
      <SummaryList rows={paperRows(t, file)} />
      {coercion && coercionLines(t, file).length > 0 ? (
        <SummaryList
          rows={[
            { key: t('people.coercion.title'), value: <Lines text={coercionLines(t, file).join('\n')} /> },
          ]}
        />
      ) : null}
    </PlainPage>
  )
}

function Text({ screen, file, coercion }: Copy) {
  const { t } = screen
  return (
    <TaskFrame screen={screen} file={file} title={t('people.print.title')}>
      <ForOurRecord t={t} text={recordText(t, file, coercion)} />
    </TaskFrame>
  )
}

/** The case as plain text, to be pasted into any record system. It holds no number and no address. */
function recordText(t: Words, file: CaseFile, coercion: boolean): string {
  const [abuse] = file.story.abuse
  const answers = facetWords(t.pack).flatMap((facet) => {
    const answer = file.answers[facet.id]
    return answer === undefined ? [] : [`- ${facet.label}: ${answerText(t, facet.id, answer)}`]
  })
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [t('people.card.name'), [nameOf(t, file)]],
    [t('people.strengths.title'), strengthLines(file).map((line) => `- ${line}`)],
    [t('people.case.contact'), contactSentences(t, file.contact)],
    [t('people.access.short'), accessSentences(t, file.accessNeeds)],
    [t('people.abuse.title'), abuse === undefined ? [] : abuseLines(t, abuse)],
    [t('people.effects.title'), threadsOf(t, file).map((thread) => threadText(t, thread))],
    [t('people.pattern.title'), file.story.pattern.map((entry) => entryText(t, file, entry))],
    [t('people.coercion.title'), coercion ? coercionLines(t, file) : []],
    [t('people.case.needs'), file.needs.map((need, i) => `${i + 1}. ${needLine(t, file, need)}`)],
    [t('people.case.details'), answers],
    [t('people.case.wishes'), file.wishes.list.map((wish) => `- ${wishText(t, wish)}`)],
  ]
  return parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines].join('\n'))
    .join('\n\n')
}

/** A need, and how the person says it is now. */
function needLine(t: Words, file: CaseFile, need: CaseFile['needs'][number]): string {
  const now = nowOf(file.story.progress, need.id)
  return now === null ? needText(need) : `${needText(need)}. ${progressText(t, now)}`
}
