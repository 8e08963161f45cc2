import type { Words } from '#platform/i18n'
import type { ReadLine } from '#platform/ledger'

/** Names for what a line points at: colleagues by account, agencies by party. */
export interface LineNames {
  readonly people: ReadonlyMap<string, string>
  readonly agencies: ReadonlyMap<string, string>
}

/** What a line says in plain words: what was done, to or from whom; an erased line says only that it was erased. */
export function lineText(t: Words, line: ReadLine, names: LineNames): string {
  const kind = t(`parties.ledger.kind.${line.kind.replace('.', '-')}`)
  if (line.erased) return t('parties.ledger.erased', { kind })
  if (line.detail === null) return t('parties.ledger.not-yours', { kind })
  const { detail } = line
  const other = agencyText(t, names, detail['to'] ?? detail['from'] ?? detail['partner'])
  const parts = [
    kind,
    whatText(t, line.kind, detail['what']),
    other === ''
      ? ''
      : t(
          line.kind === 'envelope.received' || line.kind === 'envelope.opened'
            ? 'parties.ledger.from'
            : 'parties.ledger.to',
          { agency: other },
        ),
    typeof detail['ended'] === 'number' ? t('parties.ledger.ended', { count: detail['ended'] }) : '',
    Array.isArray(detail['rules'])
      ? t('parties.ledger.rules', { rules: detail['rules'].map(String).join(', ') })
      : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** Who did it: a colleague by name, the other agency where a line came from there, somebody who has left. */
export function lineWho(t: Words, line: ReadLine, names: LineNames): string {
  const by = line.detail?.['by']
  if (typeof by === 'string') return names.people.get(by) ?? t('parties.ledger.left')
  const from = agencyText(t, names, line.detail?.['from'])
  return from
}

function whatText(t: Words, kind: string, what: unknown): string {
  if (typeof what !== 'string') return ''
  const key = `parties.ledger.what.${what}`
  if (
    kind === 'envelope.sent' ||
    kind === 'envelope.received' ||
    kind === 'case.changed' ||
    kind === 'referral.changed'
  )
    return t.has(key) ? `(${t(key)})` : ''
  return ''
}

function agencyText(_t: Words, names: LineNames, id: unknown): string {
  return typeof id === 'string' ? (names.agencies.get(id) ?? '') : ''
}
