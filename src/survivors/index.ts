export { changedLines, CHECK_EVERY_DAYS, freshness, linesToCheck } from './help-line.rules.ts'
export {
  type HelpLine,
  type HelpLineChanges,
  helpLineChanges,
  helpLineSchema,
  shippedHelpLines,
} from './help-line.ts'
export type { OpenPages } from './open-pages.ts'
export { openRoom, type OpenRoomParts } from './open-room.ts'
export { type Owner, ownerFrom } from './owner.ts'
export { openPaths } from './paths.ts'
export { problemPage } from './problem.view.tsx'
