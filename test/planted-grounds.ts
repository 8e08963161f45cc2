import type { CheckName } from './planted-faults.ts'

const clear: CheckName = 'every column that is not sealed stands in the allow-list, and nothing else does'
const excluded: CheckName = 'an excluded member sees nothing of a closed case, nor that it is there'
const guest: CheckName = 'a guest sees the one case of their seat and nothing beside it'
const rights: CheckName = 'the database keeps who began a ground and a decision, and that two are two'
const hold: CheckName = 'a hold is one, says who lifted it, and is not deleted'
const kept: CheckName = 'what was asked, decided and destroyed is not deleted, and a proof not changed'
const tries: CheckName = 'a try at the glass is seen by whoever tried alone'
const letters: CheckName = 'a letter goes with its note for restores, for a member of its own agency alone'
const again: CheckName = 'a restored letter that was erased goes again, and no other'
const guests: CheckName = 'a guest erases nothing and breaks no glass, whatever party they carry'
const ends: CheckName = 'erasing ends what others hold'

const guestLoose = (table: string) =>
  `drop policy fence on ${table}; create policy fence on ${table} for all to anydoor_web using (party_id = access.party() or access.kind() = 'bearer')`
const loose = (table: string) =>
  `drop policy fence on ${table}; create policy fence on ${table} for all to anydoor_web using (party_id = access.party())`

/** Breaks in what the database keeps of grounds, holds, decisions, letters and erasing, written in SQL. */
export const writtenInGrounds: readonly (readonly [CheckName, string])[] = [
  [rights, 'alter table grounds.ground drop constraint two_people'],
  [rights, 'grant update on grounds.ground to anydoor_web'],
  [rights, 'grant update (made_by) on grounds.ground to anydoor_web'],
  [rights, 'grant delete on grounds.ground to anydoor_web'],
  [rights, 'grant update on releases.decision to anydoor_web'],
  [rights, 'grant delete on releases.decision to anydoor_web'],
  [clear, 'alter table grounds.ground add column kind text'],
  [clear, 'alter table releases.decision add column state text'],
  [clear, 'alter table releases.decision add column recipient_id uuid'],
  [clear, 'alter table asks.letter add column about text'],
  [clear, 'alter table people.erasure_proof add column case_id uuid'],
  [excluded, loose('grounds.ground')],
  [excluded, loose('people.legal_hold')],
  [excluded, loose('asks.ask')],
  [excluded, loose('asks.retention')],
  [excluded, loose('releases.decision')],
  [guest, guestLoose('asks.letter')],
  [guest, guestLoose('people.erasure_proof')],
  [tries, loose('grounds.glass_try')],
  [hold, 'drop index people.legal_hold_in_force'],
  [hold, 'alter table people.legal_hold drop constraint legal_hold_check'],
  [hold, 'grant delete on people.legal_hold to anydoor_web'],
  [kept, 'grant delete on asks.ask to anydoor_web'],
  [kept, 'grant delete on asks.retention to anydoor_web'],
  [kept, 'grant delete on asks.letter to anydoor_web'],
  [kept, 'grant delete on people.erasure_proof to anydoor_web'],
  [kept, 'grant update on people.erasure_proof to anydoor_web'],
]

/** The same, as a piece taken out of a function as it stands: name, what goes, what comes. */
export const rewrittenInGrounds: readonly (readonly [CheckName, string, string, RegExp, string])[] = [
  [
    letters,
    'erases a letter of any agency',
    'asks.erase_letters',
    /delete from asks\.letter l where l\.party_id = p and/,
    'delete from asks.letter l where',
  ],
  [
    letters,
    'notes a letter of any agency',
    'asks.erase_letters',
    /from asks\.letter l where l\.party_id = p and l\.id = any \(gone\) on/,
    'from asks.letter l where l.id = any (gone) on',
  ],
  [letters, 'erases for a guest', 'asks.erase_letters', /or access\.kind\(\) <> 'member'/, ''],
  [letters, 'leaves no note for restores', 'asks.erase_letters', /insert into keyring\.erased[^;]*;/, ''],
  [
    again,
    'leaves a restored letter',
    'access.replay_before_accountability',
    /return query select 'letters-erased'[^;]*;/,
    '',
  ],
  [
    again,
    'takes every letter of the agency',
    'asks.erase_letters_again',
    /where l\.party_id = e\.party_id and l\.id = e\.case_id/,
    '',
  ],
  [guests, 'erases for a guest', 'people.erase_case', /or access\.kind\(\) <> 'member'/, ''],
  [
    guests,
    'opens for a guest',
    'grounds.may_break_glass',
    /if access\.kind\(\) is distinct from 'member' then return false; end if;/,
    '',
  ],
  [ends, 'leaves the copies of others', 'people.erase_rows', /update envelopes\.incoming[^;]*;/, ''],
]
