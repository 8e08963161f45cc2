import type { Words } from '#platform/i18n'
import { type DenseItem, Tag, type TagColour } from '#platform/ui'

import { dueText } from './due.view.ts'
import type { ListLine } from './list.actions.ts'
import { groupOf } from './list.rules.ts'
import { threadPath } from './paths.ts'
import type { ThreadRow } from './thread.ts'

const colours: Readonly<Record<string, TagColour>> = {
  ours: 'orange',
  theirs: 'blue',
  'under-way': 'teal',
  closed: 'grey',
}

type Standing = Pick<ThreadRow, 'side' | 'state' | 'kind'> & { readonly answered: boolean }

/** Where a thread stands, as a word and a colour. */
export function stateTag(t: Words, thread: Standing) {
  return <Tag colour={colours[groupOf(thread)]}>{stateText(t, thread)}</Tag>
}

/** Where a thread stands, in the words of the side that reads it. */
export function stateText(t: Words, thread: Standing): string {
  // What came back to us after our question is not new, though nothing is decided yet.
  if (thread.answered && thread.side === 'to' && thread.state === 'received')
    return t('referrals.state.answered')
  const own = `referrals.state.${thread.side}-${thread.kind}-${thread.state}`
  return t.has(own) ? t(own) : t(`referrals.state.${thread.state}`)
}

/** One line of a list of threads. */
export function threadItem(t: Words, line: ListLine): DenseItem {
  const title = t(`referrals.title.${line.side}-${line.kind}`, { agency: line.otherName })
  const about = [line.who, line.serviceName].filter((part) => part !== '').join(', ')
  const due =
    dueText(t, line, !line.gone, 'line') || t('referrals.line.since', { when: t.shortDate(line.startedAt) })
  return {
    href: threadPath('thread', line.id),
    title,
    meta: [about, due].filter((part) => part !== '').join(' · '),
    tag: line.gone
      ? { text: t('referrals.gone.title'), colour: 'grey' }
      : { text: stateText(t, line), colour: colours[groupOf(line)] },
    fresh: line.fresh,
  }
}
