import type { Words } from '#platform/i18n'
import type { ReadLine } from '#platform/ledger'

/** Names for what a line points at: colleagues by account, agencies by party. */
export interface LineNames {
  readonly people: ReadonlyMap<string, string>
  readonly agencies: ReadonlyMap<string, string>
}

/** One or more lines that say the same, done by the same person one after the other. */
export interface LineGroup {
  readonly caseId: string | null
  /** Where the file is that the line is about; null: about none. */
  readonly href: string | null
  readonly newest: Date
  readonly oldest: Date
  readonly times: number
  readonly what: string
  readonly who: string
}

/** What a line says in plain words: what was done, to or from whom; an erased line says only that it was erased. */
function lineText(t: Words, line: ReadLine, names: LineNames): string {
  const kind = t(`parties.ledger.kind.${line.kind.replace('.', '-')}`)
  if (line.erased) return t('parties.ledger.erased', { kind })
  if (line.detail === null) return t('parties.ledger.not-yours', { kind })
  const parts = [
    failedText(t, line, names),
    whatText(t, line),
    otherText(t, line, names),
    rulesText(t, line),
  ].filter((part) => part !== '')
  return parts.length === 0 ? `${kind}.` : `${kind}: ${parts.join(', ')}.`
}

/** Who did it: a colleague by name, the other agency where the line came from there, somebody who has left. */
function lineWho(t: Words, line: ReadLine, names: LineNames): string {
  const { detail } = line
  if (detail === null) return ''
  if (line.kind === 'session.failed' || line.kind === 'client.failed') return ''
  if (typeof detail['by'] === 'string') return names.people.get(detail['by']) ?? t('parties.ledger.left')
  return nameOf(names, detail['from'])
}

/** Lines in the order given, those that say the same put together: ten looks at one page are one line with its count. */
export function groupLines(t: Words, lines: readonly ReadLine[], names: LineNames): readonly LineGroup[] {
  const groups: LineGroup[] = []
  for (const line of lines) {
    const what = lineText(t, line, names)
    const who = lineWho(t, line, names)
    const last = groups.at(-1)
    const same = last?.what === what && last.who === who && last.caseId === line.caseId
    if (same && t.date(last.newest) === t.date(line.at)) {
      groups[groups.length - 1] = { ...last, oldest: line.at, times: last.times + 1 }
    } else {
      groups.push({
        caseId: line.caseId,
        href: hrefOf(line),
        newest: line.at,
        oldest: line.at,
        times: 1,
        what,
        who,
      })
    }
  }
  return groups
}

function hrefOf({ caseId, detail }: ReadLine): string | null {
  if (caseId === null) return null
  return detail?.['file'] === 'accountability' ? `/accountability/${caseId}` : `/cases/${caseId}`
}

/** When it was, and how often where it was more than once. */
export function groupWhen(t: Words, group: LineGroup): string {
  const when =
    t.time(group.oldest) === t.time(group.newest)
      ? t.dateTime(group.newest)
      : t('parties.ledger.span', { from: t.dateTime(group.oldest), to: t.time(group.newest) })
  return group.times === 1 ? when : t('parties.ledger.times', { when, count: group.times })
}

/** For whom somebody tried to sign in, and how often; who it was, nobody knows. */
function failedText(t: Words, { kind, detail }: ReadLine, names: LineNames): string {
  if ((kind !== 'session.failed' && kind !== 'client.failed') || typeof detail?.['failed'] !== 'number')
    return ''
  const name = names.people.get(String(detail['account'] ?? detail['client'])) ?? t('parties.ledger.left')
  return t('parties.ledger.failed', { count: detail['failed'], name })
}

const withWhat = new Set([
  'envelope.sent',
  'envelope.received',
  'case.changed',
  'referral.changed',
  'ground.changed',
  'ground.shared',
  'ground.refused',
  'export.made',
  'party.sheet-used',
  'ask.made',
  'ask.shown',
  'ask.answered',
  'retention.decided',
  'form.changed',
  'language.changed',
  'events.changed',
])

function whatText(t: Words, { kind, detail }: ReadLine): string {
  const what = detail?.['what']
  const key = `parties.ledger.what.${String(what)}`
  if (withWhat.has(kind) && typeof what === 'string' && t.has(key)) return t(key)
  const ended = detail?.['ended']
  return typeof ended === 'number' ? t('parties.ledger.ended', { count: ended }) : ''
}

function otherText(t: Words, { kind, detail }: ReadLine, names: LineNames): string {
  const from = nameOf(names, detail?.['from'])
  if (from !== '') return t('parties.ledger.from', { agency: from })
  const other = nameOf(names, detail?.['to'] ?? detail?.['partner'])
  if (other === '') return ''
  return kind === 'envelope.sent' ? t('parties.ledger.to', { agency: other }) : other
}

function rulesText(t: Words, { detail }: ReadLine): string {
  const rules = detail?.['rules']
  return Array.isArray(rules) ? t('parties.ledger.rules', { rules: rules.map(String).join(', ') }) : ''
}

function nameOf(names: LineNames, id: unknown): string {
  return typeof id === 'string' ? (names.agencies.get(id) ?? '') : ''
}
