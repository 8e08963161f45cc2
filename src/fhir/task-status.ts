/** Where a Task of a referral can stand: the set of the Gravity guide, which leaves `received` and `ready` of base FHIR out. */
export const taskStatuses = [
  'draft',
  'requested',
  'accepted',
  'rejected',
  'cancelled',
  'in-progress',
  'on-hold',
  'failed',
  'completed',
  'entered-in-error',
] as const
export type TaskStatus = (typeof taskStatuses)[number]

/** Who sets a status: whoever asks, or whoever was asked. */
export type Setter = 'requester' | 'target'

/** Where the ServiceRequest stands; it belongs to whoever asks. */
export type RequestStatus = 'draft' | 'active' | 'completed' | 'revoked' | 'entered-in-error'
