export { type Actor, type Introduce, type Newcomer, type PartyKeys, type Sector, sectors } from './actor.ts'
export { type KeptAnswer, keepAnswer, requestKey, takeRequest } from './answers.ts'
export { addBearer } from './bearers.ts'
export {
  type CaseKey,
  caseKey,
  caseKeys,
  newCaseKey,
  openCase,
  openWrap,
  rewrapForMembers,
  sealCase,
  unwrapForMember,
  wrapForMembers,
  wrapForParty,
} from './case-keys.ts'
export { type CaseCellRow, idText, openingCells, type OpeningCells } from './case-cells.ts'
export { isId } from './ids.ts'
export {
  asClient,
  type Client,
  clientKeys,
  clientNames,
  openClientCard,
  sealClientCard,
  sealForToken,
  tokenRow,
} from './clients.ts'
export {
  type ClientScope,
  clientScopes,
  covers,
  isClientScope,
  type NeededScope,
  servedScopes,
} from './client-scopes.ts'
export { admittedKeys, sealPartyKeys } from './member-keys.ts'
export { openParty, sealParty } from './party-cells.ts'
export {
  asBearer,
  asJob,
  asMember,
  asPublic,
  asSurvivor,
  type Bearer,
  type Doorway,
  type NoSession,
  rowOf,
} from './openers.ts'
export { isRole, mayDo, type Permission, permissions, type Role, rolePermissions, roles } from './roles.ts'
export { sessionSecretAad } from './session.ts'
