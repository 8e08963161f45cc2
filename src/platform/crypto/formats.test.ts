import { beforeAll, expect, test } from 'vitest'
import { cryptoReady, fromText, toText } from './bytes.ts'
import { openCell } from './cells.ts'
import { openEnvelope } from './envelope.ts'
import { partyFingerprint } from './fingerprints.ts'
import { partyDataKey, unpackPartySecrets } from './party.ts'
import { passwordKey } from './passwords.ts'
import { recoveryKey } from './recovery.ts'
import { formKey, sessionId, sessionKey } from './sessions.ts'
import { unlockByRecovery, unlockUser } from './users.ts'
import { fingerprintWords } from './words.ts'

/* What databases already hold must open for ever: when a test here fails, a format needs a new version. */

const key = Uint8Array.from({ length: 32 }, (_, at) => at)
const PARTY =
  'AZGH7_JLEenzruadEmREzI3ylqffUcN6xLsRmIGf3RgfBEXU3pJZv8_9OWHfOIUwjN7c9R366QTJTgGmwEo8NH0jlgrjGKaOH5bH8Lnz6I5wYYvhHT-HiVQol7kJEYyJ1hq2RxI5VFnvLsQfXF9YPhPm__JMTs5sRA86LXiS_vK1I5YK4ximjh-Wx_C58-iOcGGL4R0_h4lUKJe5CRGMidY'
const ENVELOPE = {
  header:
    'eyJiYXNpcyI6InItMSIsImVuZHNBdCI6bnVsbCwiZnJvbSI6IndqMXl1dDlpZDlfc09rejUxaWdpN0tRM2stYVU0UzZkWG51cDN3LTdvYkUiLCJpZCI6Im9uZSIsImtpbmQiOiJyZXF1ZXN0Iiwic2VudEF0IjoiMjAyNi0xMS0yMlQwNjoxNzowMFoiLCJ0aHJlYWQiOiJ0d28iLCJ0byI6Im11VjVMQ3dzUWRPQlZuMWxSSWZSbXE0NlNhWWVhdDJLNF9TUUdjcG1zRXciLCJ2ZXJzaW9uIjoxfQ',
  ciphertext:
    'AZ7vXMMOS7hY9YmpHLMU9pjBX2-GpfR-DPs3Y6IP_b-BrhmqnC7l1ZOcoYrVQOZQ7TydKq8QXIcTbtvzi7DBRAFg5kf0WaTNPyvtWBVODoYVfwZcY3_YoPMfhGFkhkWwnrIWGoYFZq89',
  wrapForRecipient:
    'joz0ICARmXJW9A6dMQA64CCSTCX5MzEeIbZTJAenjVl8Viqmg4X1EsyQb0xyO3w9CsKsJmzEoMT9TKlDe9jg4suciKh6IVPdah_oIIPEwAjOPymRB4-QG_4KG_yKSnyZuTN2pneblE5Qt4ptvta_Tg',
  wrapForSender:
    'nss5RAw0JMEFKtA-vCWJOEoMJs3ODYIiUtFKY-PcqRnZc7--zAUqjzeGUzV_N3dXzOqtSkPIZ2x5htH_0zqvnRHW5p6OMI7sn_ucbS_P1gGYW0l9h-lrXh4zUGRCJGSXRum-lFqic1I7l65PbBcwVQ',
  signature: '3nvq89vARYAYou70vV9_RiXAlGi64BLtRg8W1cvgmy5QwKUodcDrWhKj14ZtE6MdTB0ArGw3TDPKujD4GX3bDA',
}
const USER = {
  publicKey: 'kRHO1WFNXnOBoBs1Dn4PEVbHk-euQ90AH21xPl4J91k',
  salt: '4JeqGAObYtuwSm0yAmYbOg',
  sealedSecret:
    'AXYBLADmaLTkrsZbphZ29rUfibzRzznYyS01UyKQWgFrYrjUmgX264hN3B9ThHMeWIixk17oEtMJp8jVeHoSqlNMJfF5Uhbrcg',
  recoverySealed:
    'xM0G9v57qCHJ0UuUt8vNqQFqUyNfW7o43DCBYTj0F_dJbqhMp513ed37qC5bhqx8DuxI_BzZ12umF6hKIvgOPX7LsNn6ORnSy6yt63ksfA8FDbnCrT_VnhI',
  params: 1,
}

beforeAll(cryptoReady)

test('a stored cell opens', () => {
  const sealed = fromText(
    'AYFSSSk5-29i0I2ODTsUlkqU90iI2zdbJpeH6-zwbhNBiZHNnVaQ8um91uFrkLp9gHtQX7YiEXGHKbQdumErQx6jsNuTKy8jus-58OnHZSczl_hhQ0F24HWyW8DHVotkjqIGyKwFTAoj',
  )
  const at = { party: 'p', table: 't', column: 'c', row: 'r', keyVersion: 3 }
  expect(openCell(key, at, sealed)).toBe('Text kept from the first day')
})

test('a stored user opens by password and by recovery code', async () => {
  const sealed = {
    publicKey: fromText(USER.publicKey),
    salt: fromText(USER.salt),
    sealedSecret: fromText(USER.sealedSecret),
    recoverySealed: fromText(USER.recoverySealed),
    params: USER.params,
  }
  const pair = {
    publicKey: sealed.publicKey,
    secretKey: fromText('x0rtcIuQwsVGFQtrhQKY0-WBQrSJeuZ8INDbm5KaJXg'),
  }
  expect(await unlockUser('four plain words here', key, sealed)).toEqual(pair)
  expect(unlockByRecovery('ERTT-SHW7-TQ89-MJZH-Z35D-T9N4-6WA', sealed)).toEqual(pair)
})

test('a password gives the key it gave', async () => {
  const parts = { password: 'four plain words here', salt: key.slice(0, 16), pepper: key }
  const made = await passwordKey('staff', parts)
  expect('refused' in made ? made : toText(made)).toBe('A-cVKlew3NycK12rZXrOAzmYVCYmzjKY65tbGn0fpDY')
})

test('a printed recovery code gives the key it gave', () => {
  const made = recoveryKey('V446-A7EB-9R9M-JF9S-FFZ6-DTK9-XRN')
  expect(made === null ? made : toText(made)).toBe('CnKbJ2CnuBt3fkHQKnqZSIDLj4xBF8celF3gDHo4_zI')
})

test('a cookie leads to the session it led to', () => {
  expect([sessionId, sessionKey, formKey].map((derive) => toText(derive('AAECAwQF')))).toEqual([
    'w0wkFoBWFX0lRh8xQStJGdEHAejTEUlEvvDN_VAOoJ8',
    'JIIj9_hazku9dajgo9FzSxYYvGfwxgue3eVc1ZFiIwA',
    'TUCa4x26MlWfgayY5PGB2EVNB4onR-WFl-mO2dcvc8o',
  ])
})

test('a party has the fingerprint, the words and the data key it had', () => {
  const inverse = key.map((octet) => octet ^ 255)
  expect(toText(partyFingerprint(key, inverse))).toBe('kG79AsuDSQOXT0iZu7moatvCKP5ib_nAhr-Tf8K-0L4')
  expect(fingerprintWords(partyFingerprint(key, inverse)).join(' ')).toBe(
    'mirror issue disorder nerve crater legend',
  )
  expect(toText(partyDataKey(unpackPartySecrets(fromText(PARTY))))).toBe(
    'o8rEH9ZLZ4JAxxSg-EXUiIUcXLs56snjeS80KrTeKA8',
  )
})

test('a stored envelope opens for both sides', () => {
  const sender = unpackPartySecrets(fromText(PARTY))
  const recipient = {
    publicKey: fromText('nr-oXnijwWRfP-ffbMv1ocbiX4nUOHZWUCEGe0S_bW0'),
    secretKey: fromText('a-ooEcnG2dsznLJjPAWj4f3PvDaYj6jBRvnsONhOELg'),
  }
  const sides = [
    { wrap: ENVELOPE.wrapForRecipient, pair: recipient },
    { wrap: ENVELOPE.wrapForSender, pair: sender.box },
  ]
  for (const { wrap, pair } of sides) {
    const opened = openEnvelope({
      header: fromText(ENVELOPE.header),
      ciphertext: fromText(ENVELOPE.ciphertext),
      signature: fromText(ENVELOPE.signature),
      wrap: fromText(wrap),
      senderSignKey: sender.sign.publicKey,
      pair,
      expected: { id: 'one', thread: 'two', kind: 'request' },
    })
    expect(opened.body).toEqual({ hello: 'there' })
  }
})
