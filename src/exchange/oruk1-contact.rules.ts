import {
  isEmpty,
  isObject,
  type Json,
  keyIn,
  type Part,
  partsOf,
  problem,
  said,
  type Turning,
  wordOf,
} from './oruk1-field.rules.ts'

const phoneKeys = ['phones', 'phone', 'telephone']

/** The keys that this file reads. */
export const contactKeys = ['contacts', 'contact', ...phoneKeys]

/** Words of a desk, not of a person. */
const desk =
  /\b(team|office|desk|line|help|helpline|enquir|inquir|inform|advice|recept|general|main|contact|admin|booking|service|centre|center|support|manager|coordinator|co-ordinator|secretary|duty|referral|project|group|club|trust|council|charity|society|association)/i

/**
 * How a service is reached. The profile keeps a service's numbers with its contacts: those of a desk become the service's own.
 * Those of a named person stay with that person, and are the service's only where it has no other and nothing marks them as
 * personal.
 */
export function reachOf(of: Part, turning: Turning): Json {
  const contacts = partsOf(of, ['contacts', 'contact'], 'name', turning)
  const own = partsOf(of, phoneKeys, 'number', turning).map((each) => withNought(each, turning))
  const names = [nameIn(of.json), isObject(of.json['organization']) ? nameIn(of.json['organization']) : '']
  const desks = contacts.filter((each) => isDesk(each.json, names))
  const people = contacts.filter((each) => !desks.includes(each))
  const fromDesks = desks.flatMap((each) => numbersOf(each, true, turning))
  const lent =
    own.length + fromDesks.length > 0
      ? []
      : people.filter(isOpen).flatMap((each) => numbersOf(each, false, turning))
  const phones = [...own, ...fromDesks, ...lent]
  for (const [i, { at }] of phones.entries()) turning.moves.push([`${of.at}.phones[${i}]`, at])
  for (const [i, { at }] of people.entries()) turning.moves.push([`${of.at}.contacts[${i}]`, at])
  const mail = isEmpty(of.json['email'])
    ? [...desks, ...people.filter(isOpen)].find((each) => !isEmpty(each.json['email']))
    : undefined
  if (mail !== undefined) turning.moves.push([`${of.at}.email`, `${mail.at}.email`])
  return said({
    phones: phones.map(({ json }) => json),
    contacts: people.map(({ json }) => json),
    email: mail === undefined ? of.json['email'] : mail.json['email'],
  })
}

function isDesk(contact: Json, names: readonly string[]): boolean {
  const name = nameIn(contact)
  return name === '' || desk.test(name) || names.includes(name.toLowerCase())
}

function isOpen({ json }: Part): boolean {
  return ![json['personal_data'], json['sensitive_data']].some(
    (mark) => mark === true || /^(true|yes|1)$/i.test(wordOf(mark)),
  )
}

/** A desk's numbers say which desk; a person's say nothing of the person. */
function numbersOf(contact: Part, isDeskOwn: boolean, turning: Turning): readonly Part[] {
  const { json } = contact
  const label = isDeskOwn
    ? [json['name'], json['title'], json['department']]
        .map(wordOf)
        .filter((each) => each !== '')
        .join(', ')
    : ''
  return partsOf(contact, phoneKeys, 'number', turning)
    .map((each) => withNought(each, turning))
    .map((each) => ({
      at: each.at,
      json:
        keyIn(each.json, ['description']) === null && label !== ''
          ? { ...each.json, description: label }
          : each.json,
    }))
}

/** A number of ten figures that a spreadsheet has made a figure of had a nought in front. */
function withNought({ json, at }: Part, turning: Turning): Part {
  const given = json['number']
  if (typeof given !== 'number' || !/^[1-9]\d{9}$/.test(String(given))) return { json, at }
  const message = 'A telephone number is a text; the nought that it had lost was put in front.'
  problem(turning, 'phone-as-number', `${at}.number`, message)
  return { json: { ...json, number: `0${given}` }, at }
}

function nameIn(json: Json): string {
  return wordOf(json['name']).toLowerCase()
}
