import type { Words } from '#platform/i18n'

import { askedEachTime } from './each-time.rules.ts'
import type { Condition, FormBody, Item, ItemKind } from './form.ts'

/** The forms that we bring ourselves, in our own words: an agency begins with one and changes it as it likes. */
export const starterIds = ['first-talk', 'urgent-call', 'health-look'] as const
export type StarterId = (typeof starterIds)[number]

interface Piece {
  readonly id: string
  readonly kind: ItemKind
  readonly options?: readonly string[]
  /** One of these is enough. */
  readonly when?: readonly Condition[]
  readonly hint?: true
  /** About the time of the talk: no earlier answer stands for it. */
  readonly eachTime?: true
  readonly items?: readonly Piece[]
}

const isYes = (question: string): readonly Condition[] => [{ question, operator: '=', value: true }]
const isOne = (question: string, ...codes: readonly string[]): readonly Condition[] =>
  codes.map((value) => ({ question, operator: '=', value }))

const pieces: Readonly<Record<StarterId, readonly Piece[]>> = {
  'first-talk': [
    {
      id: 'before',
      kind: 'section',
      items: [
        { id: 'before-say', kind: 'instruction' },
        { id: 'alone', kind: 'choice', options: ['alone', 'near', 'unsure'], hint: true, eachTime: true },
        { id: 'stop-word', kind: 'text', hint: true, eachTime: true },
        {
          id: 'shorter',
          kind: 'instruction',
          when: isOne('alone', 'near', 'unsure'),
        },
      ],
    },
    {
      id: 'own-words',
      kind: 'section',
      items: [
        { id: 'brought', kind: 'long', eachTime: true },
        { id: 'wants', kind: 'long' },
        { id: 'get-through', kind: 'long', hint: true },
        { id: 'leans-on', kind: 'text' },
      ],
    },
    {
      id: 'done-to',
      kind: 'section',
      items: [
        { id: 'still', kind: 'choice', options: ['now', 'on-off', 'over'] },
        { id: 'last', kind: 'date' },
        {
          id: 'ways',
          kind: 'several',
          options: ['hurts', 'watches', 'money', 'keeps-apart', 'children', 'health', 'substances', 'online'],
          hint: true,
        },
        { id: 'ways-more', kind: 'long', when: [{ question: 'ways', operator: 'exists', value: true }] },
        { id: 'worst-fear', kind: 'long' },
      ],
    },
    {
      id: 'others',
      kind: 'section',
      items: [
        { id: 'children', kind: 'yes-no' },
        { id: 'how-many', kind: 'number', when: isYes('children') },
        { id: 'children-say', kind: 'long', when: isYes('children'), hint: true },
        { id: 'animals', kind: 'yes-no' },
        { id: 'animals-more', kind: 'text', when: isYes('animals') },
      ],
    },
    {
      id: 'next',
      kind: 'section',
      items: [
        { id: 'agreed', kind: 'long', hint: true, eachTime: true },
        { id: 'not-agreed', kind: 'text' },
      ],
    },
  ],
  'urgent-call': [
    {
      id: 'now',
      kind: 'section',
      items: [
        { id: 'now-say', kind: 'instruction' },
        { id: 'safe-now', kind: 'choice', options: ['yes', 'no', 'soon'], eachTime: true },
        {
          id: 'leave-number',
          kind: 'instruction',
          when: isOne('safe-now', 'no'),
        },
        {
          id: 'where-now',
          eachTime: true,
          kind: 'text',
          hint: true,
          when: isOne('safe-now', 'no', 'soon'),
        },
        { id: 'hurt', kind: 'yes-no', eachTime: true },
        { id: 'hurt-more', kind: 'text', when: isYes('hurt'), eachTime: true },
        { id: 'choked', kind: 'yes-no', hint: true, eachTime: true },
        { id: 'weapon', kind: 'yes-no', eachTime: true },
      ],
    },
    {
      id: 'tonight',
      kind: 'section',
      items: [
        { id: 'can-stay', kind: 'yes-no', eachTime: true },
        { id: 'with-whom', kind: 'number', hint: true, eachTime: true },
        {
          id: 'needs-tonight',
          eachTime: true,
          kind: 'several',
          options: ['place', 'transport', 'medicine', 'money', 'somebody'],
        },
        { id: 'tonight-more', kind: 'long', eachTime: true },
      ],
    },
    {
      id: 'line-drops',
      kind: 'section',
      items: [
        { id: 'ring-back', kind: 'choice', options: ['yes', 'not-now', 'they-ring'], eachTime: true },
        { id: 'agreed', kind: 'long', eachTime: true },
      ],
    },
  ],
  'health-look': [
    {
      id: 'touch',
      kind: 'section',
      items: [
        { id: 'touch-say', kind: 'instruction' },
        { id: 'open', kind: 'choice', options: ['yes', 'before', 'no', 'not-known'] },
        { id: 'team', kind: 'text', when: isOne('open', 'yes', 'before') },
        { id: 'seen', kind: 'date' },
        { id: 'seen-how', kind: 'choice', options: ['alone', 'accompanied', 'not-noted'], hint: true },
        { id: 'with-whom', kind: 'text', when: isOne('seen-how', 'accompanied') },
      ],
    },
    {
      id: 'reach',
      kind: 'section',
      items: [
        { id: 'recorded', kind: 'choice', options: ['yes', 'no', 'not-known'], hint: true },
        { id: 'recorded-who', kind: 'text', when: isOne('recorded', 'yes') },
        { id: 'shared', kind: 'several', options: ['letters', 'texts', 'portal', 'reminders', 'voicemail'] },
        {
          id: 'shared-change',
          kind: 'instruction',
          when: [{ question: 'shared', operator: 'exists', value: true }],
        },
        { id: 'missed', kind: 'choice', options: ['yes', 'no', 'not-known'] },
        { id: 'considered', kind: 'yes-no', hint: true, when: isOne('missed', 'yes') },
      ],
    },
    {
      id: 'health',
      kind: 'section',
      items: [
        { id: 'plan', kind: 'choice', options: ['current', 'old', 'none', 'not-known'] },
        { id: 'hard-days', kind: 'long', hint: true },
        { id: 'means', kind: 'text', hint: true },
        { id: 'baby', kind: 'choice', options: ['yes', 'no', 'not-known'] },
        { id: 'deciding', kind: 'text', hint: true },
      ],
    },
    {
      id: 'against',
      kind: 'section',
      items: [
        { id: 'used', kind: 'choice', options: ['yes', 'no', 'not-known'] },
        {
          id: 'used-how',
          kind: 'several',
          options: ['threats', 'children', 'belief', 'medicine'],
          when: isOne('used', 'yes'),
        },
        { id: 'couple', kind: 'choice', options: ['offered', 'no', 'not-known'] },
        { id: 'couple-wait', kind: 'instruction', when: isOne('couple', 'offered') },
      ],
    },
    {
      id: 'others',
      kind: 'section',
      items: [
        { id: 'harm-known', kind: 'choice', options: ['yes', 'no', 'not-known'], hint: true },
        { id: 'harm-reach', kind: 'long', when: isOne('harm-known', 'yes') },
        { id: 'children-known', kind: 'choice', options: ['yes', 'no', 'no-children', 'not-known'] },
      ],
    },
    {
      id: 'next',
      kind: 'section',
      items: [
        { id: 'we-do', kind: 'long', hint: true },
        { id: 'not-say', kind: 'long', hint: true },
      ],
    },
  ],
}

/** One of our forms in the words of the agency's country, to be taken as a draft. */
export function starterOf(t: Words, id: StarterId): FormBody {
  return {
    title: t(`intake.starter.${id}.title`),
    purpose: t(`intake.starter.${id}.purpose`),
    items: pieces[id].map((piece) => itemOf(t, id, piece)),
    kept: {},
    origin: null,
    licence: null,
  }
}

function itemOf(t: Words, form: StarterId, piece: Piece): Item {
  const { id, kind, options = [], when, hint, eachTime = false, items = [] } = piece
  const hints = hint === true ? [itemOf(t, form, { id: `${id}-hint`, kind: 'instruction' })] : []
  return {
    id,
    kind,
    text: t(`intake.starter.${form}.item.${id}`),
    options: options.map((code) => ({
      code,
      label: t(`intake.starter.${form}.option.${id}.${code}`),
      score: null,
      sort: 'coding',
      kept: {},
    })),
    when: when === undefined ? null : { all: when.length === 1, conditions: [...when] },
    retired: false,
    kept: askedEachTime({}, eachTime),
    items: [...hints, ...items.map((each) => itemOf(t, form, each))],
  }
}
