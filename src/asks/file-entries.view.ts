import { diaryInFile } from '#diary'
import { facetWords } from '#directory'
import { openIncoming } from '#envelopes'
import { familyEntries } from '#family'
import { filledTexts } from '#intake'
import { papersOf, paperText } from '#papers'
import { otherAgencies } from '#parties'
import {
  abuseLines,
  accessSentences,
  answerText,
  type CaseFile,
  chosenSentences,
  coercionLines,
  contactSentences,
  entryText,
  mayStandInChildFile,
  needText,
  type Note,
  noteClassOf,
  notesOf,
  progressText,
  staysOutOfFile,
  type Story,
  strengthLines,
  threadsOf,
  threadText,
  urgencySentence,
  wishText,
} from '#people'
import { helpersInFile } from '#helping'
import { planEntries } from '#plans'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { keepingsInFile, keptInFile, keptWhyInFile, Letter, letterRows, sessionEntries } from '#referrals'
import { togetherEntries } from '#together'

import { type DisclosureSource, disclosuresOf } from './disclosure.ts'
import { receivedInCase } from './file.store.ts'
import { type FileEntry, othersIn } from './file-pack.rules.ts'

/** Everything a case holds about one person of it, entry by entry, each with its words. */
export async function entriesOf(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
  about: { readonly who: string; readonly sources: readonly DisclosureSource[] },
): Promise<readonly FileEntry[]> {
  const who = file.cards.find((card) => card.id === about.who) ?? null
  const entry = (key: string, title: string, text: string, own: readonly string[] = []): FileEntry => ({
    key,
    title,
    text,
    others: [...own, ...othersIn(text, who, file.cards)],
    never: null,
  })
  const notes = await notesOf(db, file.key, 1000)
  const forms = await filledTexts(db, actor, t, file)
  const { papers } = await papersOf(db, file.key, { limit: 1000, offset: 0 })
  const sent = await disclosuresOf(db, actor, t, file, about.sources)
  const found = [
    ...cardEntries(t, file, about.who),
    entry('contact', t('people.case.contact'), contactSentences(t, file.contact).join('\n')),
    entry('access', t('people.access.title'), accessSentences(t, file.accessNeeds).join('\n')),
    entry('urgency', t('people.urgency.title'), urgencyText(t, file)),
    entry(
      'chosen',
      t('people.chosen.title'),
      file.chosen === null ? '' : chosenSentences(t, file).join('\n'),
    ),
    entry('helping', helpersInFile(t, file).title, helpersInFile(t, file).text),
    entry('needs', t('people.case.needs'), file.needs.map(needText).join('\n')),
    entry('details', t('people.case.details'), detailsText(t, file)),
    entry(
      'wishes',
      t('people.case.wishes'),
      [...file.wishes.list.map((wish) => wishText(t, wish)), file.wishes.words].join('\n'),
    ),
    ...carefulEntries(t, file, entry),
    ...(await planEntries(db, t, file, about.who)).map((plan) =>
      entry(plan.key, plan.title, plan.text, plan.tells),
    ),
    ...forms.map((form) => entry(`form~${form.id}`, form.title, form.text)),
    ...(await familyEntries(db, actor, t, file, about.who)).map((each) =>
      entry(each.key, each.title, each.text, each.others),
    ),
    ...(await togetherEntries(db, actor, t, file)).map((each) => entry(each.key, each.title, each.text)),
    ...papers.map((paper) =>
      entry(
        `paper~${paper.id}`,
        t('asks.file.paper', { date: t.date(paper.addedAt) }),
        `${paper.title}: ${paperText(t, paper)}`,
      ),
    ),
    ...(await diaryInFile(db, t, file)).map((each) => entry(each.key, each.title, each.text)),
    ...(await keepingsInFile(db, actor, t, file)).map((each) => entry(each.key, each.title, each.text)),
    ...(await keptWhyInFile(db, actor, t, file)).map((each) => entry(each.key, each.title, each.text)),
    ...(await keptInFile(db, actor, t, file)).map((each) => entry(each.key, each.title, each.text)),
    ...storyEntries(t, file, about.who, entry),
    ...notes.map((note) => noteEntry(t, actor, note, entry)),
    ...sent.map((each, at) =>
      entry(`sent~${at}`, t('asks.file.sent', { to: each.to, date: t.date(each.at) }), t.list(each.what)),
    ),
    ...(await sessionEntries(db, actor, t, file)).map((each) => entry(each.key, each.title, each.text)),
    ...(await receivedEntries(db, actor, t, file, entry)),
  ]
  return found.filter((each) => each.text.trim() !== '')
}

/** A note, by its class: what comes from somebody else tells of them, therapy notes stay out where the place says so. */
function noteEntry(t: Words, actor: Actor, note: Note, entry: Entry): FileEntry {
  const noteClass = noteClassOf(note, actor)
  const title = `${t('people.notes.one')}, ${t.dateTime(note.writtenAt)}`
  const kind = noteClass === 'ordinary' ? '' : ` (${t(`people.notes.class-${noteClass}`)})`
  const own = noteClass === 'third-party' ? [t('asks.file.third-party')] : []
  const written = entry(`note~${note.id}`, title + kind, note.words, own)
  return staysOutOfFile(noteClass, actor.pack) ? { ...written, kept: 'privilege' } : written
}

/** What the case tells of the person, page by page. In the file of a child nothing stands that was done to an adult. */
function storyEntries(t: Words, file: CaseFile, who: string, entry: Entry): readonly FileEntry[] {
  const card = file.cards.find((each) => each.id === who)
  const ofChild = card?.role === 'child'
  const { abuse, pattern, progress } = file.story
  const told: readonly (readonly [key: keyof Story, title: string, text: readonly string[]])[] = [
    ['strengths', t('people.strengths.title'), strengthLines(file)],
    ['abuse', t('people.abuse.title'), abuse.map((status) => abuseLines(t, status).join('\n'))],
    ['effects', t('people.effects.title'), threadsOf(t, file).map((one) => threadText(t, one))],
    ['pattern', t('people.pattern.title'), pattern.map((each) => entryText(t, file, each))],
    ['coercion', t('people.coercion.title'), coercionLines(t, file)],
    ['progress', t('people.progress.title'), progressLines(t, file, progress)],
  ]
  return told.map(([key, title, text]) => {
    const written = entry(key, title, text.join('\n\n'))
    // Where the child is the person helped, the pages tell of the child; the pattern of behaviour stays out all the same.
    const adult = !mayStandInChildFile(key) && (file.survivor !== null || key === 'pattern')
    return ofChild && adult ? { ...written, never: 'adult-facts' } : written
  })
}

function progressLines(t: Words, file: CaseFile, said: Story['progress']): readonly string[] {
  return file.needs.flatMap((need) =>
    said.filter((each) => each.need === need.id).map((each) => `${needText(need)}: ${progressText(t, each)}`),
  )
}

type Entry = (key: string, title: string, text: string, own?: readonly string[]) => FileEntry

function cardEntries(t: Words, file: CaseFile, who: string): readonly FileEntry[] {
  return file.cards.map((card) => ({
    key: `card~${card.id}`,
    title: t('asks.file.card', { role: t(`people.role.${card.role}`) }),
    text: [card.name, card.pronoun, card.note].filter((each) => each !== '').join('\n'),
    others: card.id === who ? [] : [card.name],
    never: card.id !== who && card.role === 'personCausingHarm' ? ('harm-file' as const) : null,
  }))
}

function detailsText(t: Words, file: CaseFile): string {
  return facetWords(t.pack)
    .flatMap((facet) => {
      const answer = file.answers[facet.id]
      return answer === undefined ? [] : [`${facet.label}: ${answerText(t, facet.id, answer)}`]
    })
    .join('\n')
}

/** Every level the case had, each with its reason. */
function urgencyText(t: Words, file: CaseFile): string {
  const { urgency } = file
  if (urgency === null) return ''
  const was = [...urgency.before, urgency].map((each) =>
    [t.dateTime(new Date(each.setAt)), t(`people.urgency.${each.level}`), each.because]
      .filter((part) => part !== '')
      .join(' · '),
  )
  return [...was, urgencySentence(t, urgency), urgency.met?.words ?? ''].join('\n')
}

/** Whom to be careful of: the person's own words about others; which colleagues are kept away protects staff and never goes. */
function carefulEntries(t: Words, file: CaseFile, entry: Entry): readonly FileEntry[] {
  const { danger } = file
  if (danger === null) return []
  const own = [danger.afraidOf, danger.safeToTalkTo, danger.notSafeToTalkTo].filter((each) => each !== '')
  const staff: readonly FileEntry[] =
    danger.colleagues.length + danger.names.length === 0
      ? []
      : [{ ...entry('staff', t('asks.file.staff'), t('asks.file.staff')), never: 'staff' }]
  return [
    entry(
      'careful',
      t('people.careful.title'),
      own.join('\n'),
      own.length === 0 ? [] : [t('asks.file.somebody')],
    ),
    ...staff,
  ]
}

/** What other agencies wrote into this case: theirs, so it tells of a third party until somebody decides. */
async function receivedEntries(db: Tx, actor: Actor, t: Words, file: CaseFile, entry: Entry) {
  const names = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  const found: FileEntry[] = []
  for (const row of await receivedInCase(db, actor.partyId, file.caseId)) {
    const opened = await openIncoming(db, actor, row.id)
    const letter = 'refused' in opened ? null : Letter.safeParse(opened.body)
    if (letter?.success !== true) continue
    const from = names.get(row.from_party) ?? t('asks.account.an-agency')
    const text = letterRows(t, letter.data)
      .map((each) => `${each.key}: ${each.value}`)
      .join('\n')
    found.push(
      entry(`received~${row.id}`, t('asks.file.received', { from, date: t.date(row.received_at) }), text, [
        from,
      ]),
    )
  }
  return found
}
