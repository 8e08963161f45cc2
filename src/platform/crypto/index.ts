export {
  type BoxPair,
  boxPairOf,
  newBoxPair,
  newSignPair,
  openSealed,
  sealTo,
  sign,
  signatureHolds,
  type SignPair,
} from './boxes.ts'
export {
  type Bytes,
  cryptoReady,
  forget,
  fromText,
  newKey,
  randomBytes,
  sameBytes,
  toText,
  Unopenable,
} from './bytes.ts'
export {
  addressBytes,
  type CellAddress,
  openCell,
  openJson,
  openPiece,
  readJson,
  sealCell,
  sealJson,
  sealPiece,
} from './cells.ts'
export { digest, keyedDigest, sha256 } from './digests.ts'
export { envelopeHeader, type EnvelopeHeader, readHeader } from './envelope-header.ts'
export {
  type EnvelopeParts,
  type EnvelopeToOpen,
  openEnvelope,
  type OpenedEnvelope,
  type SealedEnvelope,
  sealEnvelope,
} from './envelope.ts'
export { fingerprint, partyFingerprint } from './fingerprints.ts'
export { framed, joined } from './frames.ts'
export { type Installation, keepInstallation, openInstallation, readInstallation } from './installation.ts'
export {
  type Misread,
  type PrintedKeys,
  printInstallation,
  readPrintedInstallation,
} from './installation-words.ts'
export { openingPlace, type OpeningPlace, type SealAt } from './many.ts'
export {
  newPartySecrets,
  packPartySecrets,
  partyDataKey,
  type PartySecrets,
  unpackPartySecrets,
} from './party.ts'
export { passwordKey } from './passwords.ts'
export { type Busy, type Queue } from './queues.ts'
export { newRecoveryCode, recoveryKey } from './recovery.ts'
export { openBytes, sealBytes } from './seals.ts'
export { formKey, newCookie, sessionId, sessionKey, sessionRow } from './sessions.ts'
export {
  changePassword,
  type NewUser,
  newUser,
  resealUser,
  type SealedUser,
  unlockByRecovery,
  unlockUser,
} from './users.ts'
export { fingerprintWords } from './words.ts'
