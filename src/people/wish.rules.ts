import type { Wish } from './wish.ts'

/** The things a person may wish for, in the order a page asks them. */
export const wishKinds = [
  'languages',
  'ledBy',
  'workerGender',
  'place',
  'modelOfWork',
  'remote',
  'cost',
  'waitWeeks',
] as const
export type WishKind = (typeof wishKinds)[number]

/** What was ticked and typed. */
export interface WishTyped {
  readonly chosen: Readonly<
    Record<'languages' | 'ledBy' | 'workerGender' | 'place' | 'modelOfWork', readonly string[]>
  >
  readonly remote: 'yes' | 'no' | ''
  readonly free: boolean
  readonly waitWeeks: number | null
}

/** The wishes after a change of the page: those that were there keep their places, new ones come behind. */
export function wishesFrom(typed: WishTyped, before: readonly Wish[]): readonly Wish[] {
  const now = new Map<WishKind, Wish>()
  for (const about of ['languages', 'ledBy', 'workerGender', 'place', 'modelOfWork'] as const)
    if (typed.chosen[about].length > 0) now.set(about, { about, oneOf: [...typed.chosen[about]] })
  if (typed.remote !== '') now.set('remote', { about: 'remote', is: typed.remote === 'yes' })
  if (typed.free) now.set('cost', { about: 'cost', atMost: 0 })
  if (typed.waitWeeks !== null) now.set('waitWeeks', { about: 'waitWeeks', atMost: typed.waitWeeks })
  const order = [...before.map((wish) => wish.about), ...wishKinds]
  return [...new Set(order)].flatMap((about) => now.get(about) ?? [])
}

/** What a page shows as ticked for the wishes that are kept. */
export function typedFrom(wishes: readonly Wish[]): WishTyped {
  const list = (about: keyof WishTyped['chosen']) =>
    wishes.flatMap((wish) => (wish.about === about && 'oneOf' in wish ? wish.oneOf : []))
  const remote = wishes.find((wish) => 'is' in wish)
  const wait = wishes.find((wish) => wish.about === 'waitWeeks')
  return {
    chosen: {
      languages: list('languages'),
      ledBy: list('ledBy'),
      workerGender: list('workerGender'),
      place: list('place'),
      modelOfWork: list('modelOfWork'),
    },
    remote: remote === undefined ? '' : 'is' in remote && remote.is ? 'yes' : 'no',
    free: wishes.some((wish) => wish.about === 'cost'),
    waitWeeks: wait !== undefined && 'atMost' in wait ? wait.atMost : null,
  }
}

/** The same wishes with one of them a place higher. */
export function wishUp(wishes: readonly Wish[], place: number): readonly Wish[] {
  const wish = wishes[place]
  const above = wishes[place - 1]
  if (wish === undefined || above === undefined) return wishes
  return wishes.with(place - 1, wish).with(place, above)
}
