/** A single change that can be proposed as a remedy; services, agencies, needs and facets by id. */
export type Remedy =
  | { readonly kind: 'widen'; readonly service: string; readonly clause: number; readonly facet: string }
  | {
      readonly kind: 'step'
      readonly service: string
      readonly clause: number
      readonly facet: string
      readonly end: 'min' | 'max'
      readonly to: string | number
    }
  | { readonly kind: 'lift-after'; readonly service: string; readonly need: string }
  | { readonly kind: 'open-pathway'; readonly from: string; readonly to: string }
  | { readonly kind: 'allow-self-referral'; readonly service: string }

/** Any single change: a remedy, or one that a meeting wants to try. */
export type Change = Remedy
