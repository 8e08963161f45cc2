/** How things stand for one need at one age: how many services, and the best that they say of room. */
export interface AreaCell {
  readonly age: string
  readonly services: number
  readonly withRoom: number
  /** Only a waiting list, or: ask first. */
  readonly waiting: number
  readonly full: number
  readonly unsaid: number
}

export interface AreaRow {
  readonly need: string
  readonly cells: readonly AreaCell[]
  /** Services that help with it and have not said for whom. */
  readonly ageUnsaid: number
}

/** How much there is in one place. */
export interface AreaSpot {
  readonly label: string
  readonly point: readonly [number, number] | null
  readonly services: number
}

/** What stands in a cell, worst first: nothing at all, nobody has said, full, a wait, room. */
export type CellState = 'none' | 'unsaid' | 'full' | 'waiting' | 'room'
