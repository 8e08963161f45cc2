import type { Wish as EngineWish } from '#engine/matching'
import type { PartialSituation, Value } from '#engine/space'
import type { ServiceSummary } from '#directory'

/** What is asked of the directory: a nameless picture, wishes in their order, and the needs to look for. */
export interface MenuAsked {
  readonly situation: PartialSituation
  readonly wishes?: readonly EngineWish[]
  /** One need, or several of which any counts; none means every service. */
  readonly need?: string | readonly string[]
  readonly pack?: 'uk' | 'us' | null
  /** Somebody in the case was named as causing harm, whatever the details say. */
  readonly harmNamed?: boolean
  /** Organisations that the person named as not safe: none of their services is on the menu, whatever it answers. */
  readonly notSafe?: (organizationName: string) => boolean
}

/** One thing that keeps a service from taking the person: what it asks for, and what is known now. */
export interface Block {
  readonly facet: string
  /** What the service asks for, in plain words. */
  readonly wants: string
  readonly now: Value | null
}

/** What a service says to the picture, and why. */
export type MenuReason =
  | { readonly kind: 'takes' | 'asks'; readonly sentence: string | null }
  | { readonly kind: 'depends'; readonly questions: readonly string[]; readonly sentence: string | null }
  | {
      readonly kind: 'no'
      readonly because: 'closed' | 'accepts' | 'after'
      readonly sentence: string | null
      readonly blocks: readonly Block[]
      /** Needs that come first, by code. */
      readonly after: readonly string[]
    }

/** A service in its place on the menu. */
export interface MenuEntry<R extends MenuReason = MenuReason> {
  readonly service: ServiceSummary
  readonly reason: R
  /** What became of each wish, in the person's order. */
  readonly wishes: readonly { readonly wish: EngineWish; readonly outcome: 'met' | 'unknown' | 'not-met' }[]
  /** What this agency must pass on; null while it has not said. */
  readonly mustReport: readonly string[] | null
}

/** Everything a menu shows. Nothing of it is a score: the order is the wishes' and then the name's. */
export interface Menu {
  readonly takes: readonly MenuEntry[]
  readonly asks: readonly MenuEntry[]
  readonly depends: readonly MenuEntry<Extract<MenuReason, { kind: 'depends' }>>[]
  readonly no: readonly MenuEntry<Extract<MenuReason, { kind: 'no' }>>[]
  /** Services for people who use abuse: apart, whatever they answer. */
  readonly apart: readonly MenuEntry[]
  /** The question that settles most of what depends. */
  readonly bestQuestion: string | null
  /** Whom to ring when nothing takes the person: never empty while the directory holds anybody who may be asked. */
  readonly nextSteps: readonly MenuEntry[]
  /** Services left out because they bring the person and whoever causes harm together. */
  readonly withheld: number
  /** False when two answers cannot both be right; then no verdict means anything. */
  readonly possible: boolean
  /** How many there are of each, where a list is cut. */
  readonly totals: { readonly takes: number; readonly depends: number; readonly no: number }
}
