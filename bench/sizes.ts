/**
 * How much a filled installation holds. `area`: twenty workers with 200 cases each, and so many people and services as the aims
 * name. `agency`: 20,000 people in one agency, 800 cases a worker, which is harder than any agency's day.
 */
export const sizes = {
  area: { users: 20, casesEach: 200, ready: 40, people: 5_000, services: 5_000 },
  agency: { users: 20, casesEach: 800, ready: 40, people: 20_000, services: 500 },
} as const

/** The name of a size. */
export type Size = keyof typeof sizes

/** The size of this name; null for none. */
export function sizeOf(name: string): Size | null {
  return name === 'area' || name === 'agency' ? name : null
}
