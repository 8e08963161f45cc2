export type { Change, Remedy } from './change.ts'
