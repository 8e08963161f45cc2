/**
 * What sealing costs, on this machine. Run: `npx tsx --conditions=source bench/crypto.ts`
 */
import {
  cryptoReady,
  newKey,
  newPartySecrets,
  openCell,
  openEnvelope,
  openJson,
  openSealed,
  partyFingerprint,
  passwordKey,
  randomBytes,
  sealCell,
  sealEnvelope,
  sealJson,
  sealTo,
  toText,
} from '#platform/crypto'

await cryptoReady()
cells()
boxes()
envelopes()
await passwords()

function cells(): void {
  const key = newKey()
  const ids = ['019f0000-0000-7000-8000-000000000001', '019f0000-0000-7000-8000-000000000002'] as const
  const at = { party: ids[0], table: 'people.person', column: 'name', row: ids[1], keyVersion: 1 }
  const name = 'Somebody with a name of common length'
  const sealed = sealCell(key, at, name)
  const card = { name, born: '1990-01-01', call: 'after four', notes: 'Ring twice.' }
  const sealedCard = sealJson(key, at, card)
  const note = 'A note of four kilobytes. '.repeat(160)
  const sealedNote = sealCell(key, at, note)
  each('seal a field', 100_000, () => sealCell(key, at, name))
  each('open a field', 100_000, () => openCell(key, at, sealed))
  each('seal a JSON card', 50_000, () => sealJson(key, at, card))
  each('open a JSON card', 50_000, () => openJson(key, at, sealedCard))
  each('open a note of 4 KiB', 20_000, () => openCell(key, at, sealedNote))
}

function boxes(): void {
  const { box } = newPartySecrets()
  const caseKey = newKey()
  const sealed = sealTo(box.publicKey, caseKey)
  each('seal a key to a pair', 1_000, () => sealTo(box.publicKey, caseKey))
  each('open a sealed key', 1_000, () => openSealed(box, sealed))
}

function envelopes(): void {
  const [from, to] = [newPartySecrets(), newPartySecrets()]
  const header = {
    version: 1 as const,
    id: '019f0000-0000-7000-8000-000000000001',
    thread: '019f0000-0000-7000-8000-000000000002',
    kind: 'referral.request',
    from: toText(partyFingerprint(from.box.publicKey, from.sign.publicKey)),
    to: toText(partyFingerprint(to.box.publicKey, to.sign.publicKey)),
    basis: 'r-1',
    sentAt: '2026-08-01T09:30:00Z',
    endsAt: null,
  }
  const body = {
    items: Array.from({ length: 20 }, (_, at) => ({ item: `item ${at}`, text: 'Some words. '.repeat(8) })),
  }
  const parts = { header, body, sender: from.sign, recipient: to.box.publicKey, own: from.box.publicKey }
  const sealed = sealEnvelope(parts)
  const toOpen = {
    ...sealed,
    wrap: sealed.wrapForRecipient,
    senderSignKey: from.sign.publicKey,
    pair: to.box,
  }
  each('seal an envelope', 500, () => sealEnvelope(parts))
  each('open an envelope', 500, () => openEnvelope(toOpen))
}

async function passwords(): Promise<void> {
  const asked = { password: 'four plain words here', salt: randomBytes(16), pepper: newKey() }
  const rounds = 5
  const start = performance.now()
  for (let round = 0; round < rounds; round += 1) await passwordKey('staff', asked)
  line('a password', (performance.now() - start) / rounds, 'ms')
}

function each(what: string, rounds: number, work: () => unknown): void {
  for (let round = 0; round < rounds / 10; round += 1) work()
  const start = performance.now()
  for (let round = 0; round < rounds; round += 1) work()
  line(what, ((performance.now() - start) / rounds) * 1000, 'µs')
}

function line(what: string, amount: number, unit: string): void {
  process.stdout.write(`${what.padEnd(24)}${amount.toFixed(1).padStart(10)} ${unit}\n`)
}
