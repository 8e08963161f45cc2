export { type Agency, type Founder, MemberCard } from './agency.ts'
export { agencyOf, otherAgencies } from './agency.store.ts'
export { type Founded, foundAgency } from './founding.actions.ts'
export { foundingFor, nobodyYet, type Offer, offerAsOwner } from './founding.store.ts'
export { introduce } from './introduce.ts'
export {
  acceptedKeys,
  acceptPartner,
  keysOfPrint,
  knownKeys,
  ownPrint,
  type PartnerKeys,
  partnerWords,
  type PinRefusal,
} from './pin.actions.ts'
export {
  asKeys,
  type HandedKeys,
  handedKeys,
  handOver,
  makeOfficeKey,
  moveOffice,
  type Office,
  officeOf,
  openOfficeKey,
  ownPrints,
  sealOfficeKey,
  unreachable,
  writeOffice,
} from './office.actions.ts'
export { officeKeyRow, officeKeysOfCase, officesWrittenTo, resealOfficeKey } from './office.store.ts'
export { setLaw, setYoung } from './law.actions.ts'
export { type Member, members } from './member.actions.ts'
export { keysOf, pinsOf } from './pin.store.ts'
export { admitMember, answer, invite, sealToSystem } from './invitation.actions.ts'
export { recoverHelp, runRecover } from './recover.command.ts'
export { recordForOperator } from './operator-line.actions.ts'
export { groupLines, groupWhen, type LineNames } from './ledger-line.view.ts'
