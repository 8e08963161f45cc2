import fc from 'fast-check'

/** One thing that happens. Numbers are places in lists that grow; each is read modulo the list's length. */
export type Step =
  | { readonly do: 'read'; readonly who: number; readonly copy: number }
  | { readonly do: 'read-own'; readonly who: number; readonly copy: number }
  | {
      readonly do: 'send'
      readonly to: number
      readonly hours: number
      readonly items: number
      readonly signer: 'self' | 'representative'
    }
  | { readonly do: 'renew'; readonly release: number; readonly hours: number; readonly same: boolean }
  | { readonly do: 'withdraw'; readonly release: number; readonly who: number }
  | { readonly do: 'danger'; readonly who: number }
  | { readonly do: 'time'; readonly hours: number }
  | { readonly do: 'sweep' }
  | { readonly do: 'exclude'; readonly who: number }
  | { readonly do: 'step-aside'; readonly who: number; readonly copy: number }
  | { readonly do: 'take'; readonly who: number; readonly copy: number }
  | { readonly do: 'not-mine'; readonly who: number; readonly copy: number }
  | { readonly do: 'name-agency'; readonly agency: number }
  | { readonly do: 'name-signer' }
  | { readonly do: 'erase' }

const any = fc.nat({ max: 999 })
const hours = fc.integer({ min: 1, max: 200 })

/** Any step, in the proportions in which they make histories worth reading. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 44, arbitrary: fc.record({ do: fc.constant('read' as const), who: any, copy: any }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('read-own' as const), who: any, copy: any }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      to: any,
      hours,
      items: fc.integer({ min: 1, max: 15 }),
      signer: fc.constantFrom('self' as const, 'self' as const, 'representative' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('renew' as const), release: any, hours, same: fc.boolean() }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('withdraw' as const), release: any, who: any }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('danger' as const), who: any }) },
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('time' as const), hours: fc.integer({ min: 1, max: 90 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exclude' as const), who: any }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('step-aside' as const), who: any, copy: any }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const), who: any, copy: any }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('not-mine' as const), who: any, copy: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('name-agency' as const), agency: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('name-signer' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const) }) },
)
