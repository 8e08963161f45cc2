import { z } from 'zod'

import { type NoteClass, noteClasses } from './note-class.ts'
import file from './note-classes.json' with { type: 'json' }

const Choice = { default: z.enum(noteClasses), offered: z.array(z.enum(noteClasses)).min(1) }
const PackClasses = z.strictObject({
  ...Choice,
  sectors: z.record(z.string(), z.strictObject(Choice)),
  outOfFile: z.array(z.enum(noteClasses)),
  source: z.string().min(1),
  owner: z.string().min(1),
  reviewedOn: z.iso.date(),
  reviewedBySurvivors: z.union([z.iso.date(), z.literal('not yet')]),
})
const packs = z.strictObject({ uk: PackClasses, us: PackClasses }).parse(file)

/** Whose notes they are. */
export interface NoteWriter {
  readonly pack: 'uk' | 'us'
  readonly sector: string
}

/** The classes that this agency may choose from; the first of them is not chosen for being first. */
export function classesFor({ pack, sector }: NoteWriter): {
  readonly default: NoteClass
  readonly offered: readonly NoteClass[]
} {
  return packs[pack].sectors[sector] ?? packs[pack]
}

/** The class of a note: the one that was chosen, else the default of the place. */
export function noteClassOf(note: { readonly noteClass: NoteClass | null }, writer: NoteWriter): NoteClass {
  return note.noteClass ?? classesFor(writer).default
}

/** Whether a note of this class stays out of the person's own file until somebody says why it goes in. */
export function staysOutOfFile(noteClass: NoteClass, pack: NoteWriter['pack']): boolean {
  return packs[pack].outOfFile.includes(noteClass)
}
