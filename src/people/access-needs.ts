import { z } from 'zod'

import { ToldFrom } from './told.ts'

const line = z.string().trim().max(200).default('')
const words = z.string().trim().max(500).default('')

/** Parts of access that are asked in words of their own: never one box in which half is forgotten. */
export const accessParts = ['reading', 'moving', 'hearing', 'sight', 'memory', 'other'] as const

/** What a person needs so that they can take part; sealed whole in the case. Nothing of it is a diagnosis. */
export const AccessNeeds = z.strictObject({
  /** A language code; empty while English will do or nobody asked. */
  language: z.string().trim().max(35).default(''),
  dialect: line,
  interpreter: z.enum(['not-known', 'no', 'yes']).default('not-known'),
  interpreterGender: z.enum(['either', 'woman', 'man']).default('either'),
  /** Who interprets, once that is agreed. */
  interpreterName: line,
  /** Who must not: people, and places they come from. */
  notInterpret: words,
  /** What is asked of an interpreter in one line, as it goes along where the person agrees. */
  interpreterLine: line,
  reading: words,
  moving: words,
  hearing: words,
  sight: words,
  memory: words,
  /** As it was said on a call, before it was asked part by part. */
  other: words,
  notAvailable: words,
  /** Where the language was told before, when it was not asked again. */
  from: ToldFrom.optional(),
})
export type AccessNeeds = Readonly<z.infer<typeof AccessNeeds>>

/** Languages that a page offers by name; any other that is kept already stays in the list. */
export const spokenHere = [
  'ar',
  'bn',
  'bfi',
  'ase',
  'bg',
  'zh',
  'yue',
  'hr',
  'cs',
  'prs',
  'fr',
  'de',
  'el',
  'gu',
  'ht',
  'he',
  'hi',
  'hmn',
  'hu',
  'it',
  'ja',
  'km',
  'ko',
  'ku',
  'lv',
  'lt',
  'ne',
  'ps',
  'fa',
  'pl',
  'pt',
  'pa',
  'ro',
  'ru',
  'sk',
  'so',
  'es',
  'sw',
  'sv',
  'tl',
  'ta',
  'th',
  'ti',
  'tr',
  'uk',
  'ur',
  'vi',
  'cy',
  'yi',
  'yo',
] as const
