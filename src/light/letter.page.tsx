import { type Context, Hono } from 'hono'

import { expireCookie, readCookie, type SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  ForOurRecord,
  InsetText,
  PageHeading,
  PlainPage,
  Lines,
  SummaryList,
  TermNotes,
} from '#platform/ui'
import { actsOpen, letterRows, openThreadFile, recordText, type ThreadFile } from '#referrals'

import { answers } from './answer.ts'
import { onLetter, type OpenLetter } from './letter.actions.ts'
import { answerPath, paths } from './paths.ts'

export const letterPage = new Hono<SiteEnv>()

/** The letter, what came and went in its thread, and what the office can say. */
letterPage.get(paths.letter, (c) =>
  withLetter(c, async (letter, t) => {
    const file = await openThreadFile(letter.db, letter.actor, letter.threadId)
    if (file === null) return null
    return c.html(<LetterPage t={t} file={file} endsAt={letter.endsAt} />)
  }),
)

/** Put away without an answer: the link is over. */
letterPage.post(paths.leave, (c) =>
  withLetter(c, async (letter, t) => {
    await letter.close(false)
    expireCookie(c, 'visit')
    return c.html(
      <PlainPage t={t} title={t('light.left.title')}>
        <PageHeading>{t('light.left.title')}</PageHeading>
        <p class="govuk-body">{t('light.left.text')}</p>
      </PlainPage>,
    )
  }),
)

/** Every page after the code; where the letter is over, or never was, one page says so for all. */
export async function withLetter(
  c: Context<SiteEnv>,
  work: (letter: OpenLetter, t: Words) => Promise<Response | null>,
): Promise<Response> {
  const cookie = readCookie(c, 'visit')
  const answer =
    cookie === null
      ? null
      : await onLetter(c.var.site.pools, cookie, (letter) => {
          const { pack, sector } = letter.actor
          return work(letter, c.var.wordsFor({ pack, sector }))
        })
  if (answer !== null) return answer
  expireCookie(c, 'visit')
  const { t } = c.var
  return c.html(
    <PlainPage t={t} title={t('light.over.title')}>
      <PageHeading>{t('light.over.title')}</PageHeading>
      <p class="govuk-body">{t('light.over.text')}</p>
    </PlainPage>,
    410,
  )
}

function LetterPage(p: { readonly t: Words; readonly file: ThreadFile; readonly endsAt: Date }) {
  const { t, file } = p
  const { thread, first, shared } = file
  const from = thread.otherName
  const letter = shared ? (first?.letter ?? null) : null
  const open = shared ? actsOpen(thread) : []
  const said = answers.filter((answer) => open.includes(answer.act))
  const title = t(`light.letter.${thread.kind}`)
  return (
    <PlainPage t={t} title={t('light.letter.title')}>
      <PageHeading caption={t('light.letter.from', { from })}>
        {letter === null ? t('referrals.gone.title') : title}
      </PageHeading>
      {letter === null ? (
        <p class="govuk-body">{t('referrals.gone.ring', { agency: from })}</p>
      ) : (
        <>
          <InsetText>{t('light.letter.closes', { when: t.time(p.endsAt) })}</InsetText>
          <SummaryList rows={rowsIn(t, letter)} />
        </>
      )}
      <Later t={t} file={file} />
      <Saying t={t} said={said.map((answer) => answer.id)} />
      {letter === null || first === null ? null : (
        <ForOurRecord t={t} text={recordText(t, { title, agency: from, at: first.at }, letter)} guest />
      )}
      {letter === null ? null : <TermNotes t={t} terms={['referral', 'risk', 'safety-plan']} guest />}
    </PlainPage>
  )
}

/** What came and went since. */
function Later({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
  const from = file.thread.otherName
  return (
    <>
      {file.pieces.map((piece) =>
        piece === file.first || piece.letter === null ? null : (
          <>
            <h2 class="govuk-heading-m">
              {t(piece.way === 'in' ? 'light.letter.they' : 'light.letter.you', {
                from,
                when: t.dateTime(piece.at),
              })}
            </h2>
            <SummaryList rows={rowsIn(t, piece.letter)} />
          </>
        ),
      )}
    </>
  )
}

/** What the office can say; whatever it says closes the link. */
function Saying({ t, said }: { readonly t: Words; readonly said: readonly string[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">{t('light.letter.answer')}</h2>
      <p class="govuk-body">{t(said.length === 0 ? 'light.letter.nothing' : 'light.letter.record-first')}</p>
      <ButtonGroup>
        {said.map((id, at) => (
          <Button href={answerPath(id)} {...(at === 0 ? {} : { variant: 'secondary' as const })}>
            {t(`light.answer.${id}.button`)}
          </Button>
        ))}
      </ButtonGroup>
      <form method="post" action={paths.leave}>
        <Button variant="secondary">{t('light.letter.leave')}</Button>
      </form>
    </>
  )
}

function rowsIn(t: Words, letter: Parameters<typeof letterRows>[1]) {
  return letterRows(t, letter).map(({ key, value }) => ({ key, value: <Lines text={value} /> }))
}
