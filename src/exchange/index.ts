export type { HsdsOrganization, HsdsService } from './hsds.ts'
