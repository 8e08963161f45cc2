export { fileAt, givenText } from './given-file.ts'
export type { HsdsOrganization, HsdsService } from './hsds.ts'
export { importHelp } from './import-arguments.ts'
export { runImport } from './import.command.ts'
