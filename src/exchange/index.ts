export { dialects } from './dialect.ts'
export { type ExportFormat, exportFormats } from './export-formats.ts'
export { fileAt, givenText } from './given-file.ts'
export type {
  HsdsAttribute,
  HsdsLocation,
  HsdsOrganization,
  HsdsService,
  HsdsTaxonomy,
  HsdsTerm,
} from './hsds.ts'
export { importHelp } from './import-arguments.ts'
export { runImport } from './import.command.ts'
export { everyListedService, listedOrganizations, listedServices } from './listed.store.ts'
export { ownTaxonomies, ownTaxonomy } from './taxonomy.rules.ts'
export { feedAddress, type FeedAddress } from './feed-address.rules.ts'
export { bringFiles } from './bring.actions.ts'
export { type Limits } from './feed-get.ts'
export { followFeed } from './feed.actions.ts'
export { lookAgain, moveFeed } from './feed.store.ts'
export { bringGiven } from './file.actions.ts'
export { followFeeds, type Follower } from './follow.actions.ts'
export { documentOf } from './open-api.rules.ts'
export { csvRows } from './csv-row.rules.ts'
export { openZip } from './zip-file.ts'
export { derivedId } from './derived-id.rules.ts'
export { said, systems } from './fhir-coding.rules.ts'
export { labelsOfAll } from './fhir-label.rules.ts'
