/** Days on which somebody is away, and who looks after their diary. Both days are included. */
export interface Away {
  readonly id: string
  readonly accountId: string
  readonly coverId: string
  readonly from: string
  readonly until: string
}
