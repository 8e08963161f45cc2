import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, InsetText, Lines, SummaryList, Tag, type TagColour } from '#platform/ui'

import type { ThreadFile } from './file.actions.ts'
import {
  introductionOf,
  introductionOpen,
  type IntroductionNow,
  type IntroductionState,
} from './introduction.rules.ts'
import { meetingRows, wayText } from './introduction-letter.view.ts'
import { type ThreadPath, threadPath } from './paths.ts'
import { refusalOf } from './thread.rules.ts'

const colours: Readonly<Record<IntroductionState, TagColour>> = {
  none: 'grey',
  proposed: 'yellow',
  agreed: 'blue',
  happened: 'teal',
  'not-happened': 'orange',
  met: 'green',
}

const pages = {
  plan: 'introduce',
  agreed: 'agreed',
  happened: 'happened',
  'not-happened': 'notHappened',
} as const satisfies Readonly<Record<string, ThreadPath>>

/** The introduction as this side can see it: where it stands, what is planned, what comes next, and what the other side does not know. */
export function IntroductionPart(p: {
  readonly t: Words
  readonly file: ThreadFile
  readonly mayWrite: boolean
}) {
  const { t, file } = p
  const { thread } = file
  if (thread.kind !== 'referral') return null
  const now = introductionOf(file.pieces)
  const open = p.mayWrite && file.shared && refusalOf(thread, 'introduce') === null
  // Nothing planned yet: then planning it is the next step of the thread itself.
  if (now.state === 'none') return null
  return (
    <section aria-labelledby="introduction">
      <h2 class="govuk-heading-m" id="introduction">
        {t('referrals.intro.title')}
      </h2>
      <p class="govuk-body">
        <Tag colour={colours[now.state]}>{t(`referrals.intro.state-${now.state}`)}</Tag>{' '}
        {t(`referrals.intro.next-${nextOf(now)}`, { agency: thread.otherName })}
      </p>
      <Plan t={t} now={now} />
      <KeptHere t={t} file={file} />
      {open ? <Acts t={t} file={file} now={now} /> : null}
    </section>
  )
}

function nextOf(now: IntroductionNow): string {
  if (now.state === 'not-happened' && now.toAsk) return 'to-ask'
  return now.state === 'proposed' && now.by === 'them' ? 'proposed-them' : now.state
}

function Plan({ t, now }: { readonly t: Words; readonly now: IntroductionNow }) {
  const rows = [
    ...(now.meeting === null ? [] : meetingRows(t, now.meeting)),
    { key: t('referrals.letter.in-the-way'), value: wayText(t, now.inTheWay) },
    {
      key: t('referrals.intro.moves'),
      value: now.moves === 0 ? '' : t('referrals.intro.moved', { count: now.moves }),
    },
  ].filter((row) => row.value !== '')
  if (rows.length === 0) return null
  return <SummaryList compact rows={rows.map(({ key, value }) => ({ key, value: <Lines text={value} /> }))} />
}

/** What the person said of what got in the way, where the other side is not to know. */
function KeptHere({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
  const kept = file.thread.body?.keptWhy.at(-1)
  if (kept === undefined) return null
  const lines = [wayText(t, kept.inTheWay), kept.words].filter((line) => line !== '')
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>{t('referrals.intro.kept', { date: t.date(kept.on) })}</strong>
      </p>
      <Lines text={lines.join('\n')} />
    </InsetText>
  )
}

function Acts(p: { readonly t: Words; readonly file: ThreadFile; readonly now: IntroductionNow }) {
  const { t, file, now } = p
  const acts = introductionOpen[now.state].filter(
    (act) => act !== 'not-happened' || now.state !== 'not-happened' || now.toAsk,
  )
  return (
    <ButtonGroup>
      {acts.map((act) => (
        <Button href={threadPath(pages[act], file.thread.id)} variant="secondary">
          {t(`referrals.intro.act-${act}`)}
        </Button>
      ))}
    </ButtonGroup>
  )
}
