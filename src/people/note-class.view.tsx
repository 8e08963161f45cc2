import { type Actor } from '#platform/access'
import type { Words } from '#platform/i18n'
import { Select, Tag } from '#platform/ui'

import type { Note } from './note.ts'
import { classesFor, noteClassOf } from './note-class.rules.ts'

type Writer = Pick<Actor, 'pack' | 'sector'>

/** What the note is by law, with the default of the place chosen. */
export function NoteClassChoice(p: {
  readonly t: Words
  readonly actor: Writer
  readonly value?: string | undefined
}) {
  const { offered, default: usual } = classesFor(p.actor)
  return (
    <Select
      name="noteClass"
      label={p.t('people.notes.class')}
      hint={p.t('people.notes.class-hint')}
      value={p.value || usual}
      items={offered.map((each) => ({ value: each, text: p.t(`people.notes.class-${each}`) }))}
    />
  )
}

/** The class beside a note; an ordinary note says nothing of it. */
export function NoteClassTag(p: { readonly t: Words; readonly actor: Writer; readonly note: Note }) {
  const noteClass = noteClassOf(p.note, p.actor)
  return noteClass === 'ordinary' ? null : <Tag colour="grey">{p.t(`people.notes.tag-${noteClass}`)}</Tag>
}
