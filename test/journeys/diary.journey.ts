import { afterAll, beforeAll, expect, test } from 'vitest'

import { openFile, saveContact } from '#people'

import { saveChosen } from '../../src/people/chosen.actions.ts'
import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

let site: AgenciesSite
let amina: Person
let bea: Person
let lena: Person
let sol: Person

beforeAll(async () => {
  site = await agenciesSite()
  amina = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  bea = await site.world.join(amina, 'Bea Fell', ['worker'])
  lena = await site.world.join(amina, 'Lena Marsh', ['lead'])
  sol = await site.world.join(amina, 'Sol Reed', ['lead'])
})
afterAll(() => site?.close())

async function walkAs(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn(site, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

/** The person chooses a worker of another agency. */
async function choose(start: string): Promise<void> {
  const worker = {
    account: '',
    name: 'Sam Reed',
    agency: 'Quayside',
    reach: '',
    backup: '',
    since: '2026-11-01',
  }
  await amina.act(async (db, actor) => {
    const file = await openFile(db, actor, start.split('/')[2] ?? '')
    if (file === null) throw new Error('no case')
    const how = { today: '2026-11-27', because: '' }
    await saveChosen(db, actor, file, file.sheets.chosen.version, worker, how)
  })
}

/** An ending that nothing but the guard stands against. */
async function endingSaid(walk: Walk): Promise<void> {
  await walk.choose('Why does it end?', 'What they wanted is done')
  await walk.choose('How is it now, as they judge it?', 'They could not be asked')
  await walk.fill('How can they come back?', 'Ring the same number')
  await walk.choose('May we be in touch afterwards?', 'No contact after this')
  await walk.choose('Do they know that it ends?', 'Yes, we have talked about it')
}

/** A day, some days from now, into the three boxes of one question. */
async function day(walk: Walk, legend: string, days: number): Promise<void> {
  const at = Temporal.Now.plainDateISO('Europe/London').add({ days })
  const group = walk.page.getByRole('group', { name: legend })
  await group.getByLabel('Day', { exact: true }).fill(String(at.day))
  await group.getByLabel('Month', { exact: true }).fill(String(at.month))
  await group.getByLabel('Year', { exact: true }).fill(String(at.year))
}

test.each([true, false])(
  'a day of a worker, from a call to *did not come*, with scripts: %s',
  async (scripts) => {
    const walk = await walkAs(amina, scripts)
    await walk.go('/work/call')
    await walk.choose('Who is ringing?', 'The person themself')
    await walk.fill('Name to use', 'Ash')
    await walk.fill('What they want, in their words', 'A room for two nights')
    await walk.press('Save')
    const start = new URL(walk.page.url()).pathname

    await walk.press('Plan a next step')
    await walk.press('Plan it')
    expect(await walk.text()).toContain('Write what it is')
    await walk.fill('What is to be done?', 'Ring two hotels')
    await walk.choose('Who does it?', 'The person, because they want to')
    await day(walk, 'By which day?', 0)
    await walk.press('Plan it')
    expect(await walk.text()).toContain('Every next step would be theirs to do')
    await walk.choose('Who does it?', 'Somebody of our agency')
    await walk.press('Plan it')
    expect(await walk.text()).toContain('Ring two hotels')

    await walk.press('Plan an appointment')
    await walk.fill('What is it for?', 'First meeting')
    await day(walk, 'On which day?', -1)
    await walk.press('Plan it')
    expect(await walk.text()).toContain('Write a time, like 14:30')
    await walk.fill('At what time?', '10:00')
    await walk.press('Plan it')

    await walk.go('/work')
    expect(await walk.text()).toMatch(/What needs me today[\s\S]*First meeting[\s\S]*Ring two hotels/)
    await walk.press('10:00 First meeting')
    await walk.choose('How did it go?', 'They did not come')
    await walk.press('Save how it went')
    expect(await walk.text()).toContain('Say what got in the way, or that you could not ask yet')
    await walk.tick('somebody stopped or hindered them')
    await walk.press('Save how it went')
    expect(await walk.text()).toContain('Look at safe contact again')
    expect(await walk.text()).toContain('In the way: somebody stopped or hindered them.')

    await walk.go(`${start}/closing`)
    expect(await walk.text()).toContain('The last appointment was missed')
    await endingSaid(walk)
    await walk.press('End the case')
    expect(await walk.text()).toContain('Write whom the person chose and speak with them first')
    await choose(start)
    await walk.go(`${start}/closing`)
    await endingSaid(walk)
    await walk.press('End the case')
    expect(await walk.text()).toContain('Speak with the worker whom the person chose first')
    await day(walk, 'On which day did you speak with Sam Reed?', -1)
    await walk.press('End the case')
    expect(await walk.text()).toContain('This case has ended')
    await walk.press('Take it up again')
    await walk.press('Take it up again')
    await walk.go(`${start}/diary`)
    expect(await walk.text()).toContain('Ring two hotels')
    await walk.close()
  },
)

test('lost touch and nobody chosen: a second lead ends it, and no other', async () => {
  const { caseId } = await caseWith(lena)
  const first = await walkAs(lena, true)
  await first.go(`/cases/${caseId}/closing`)
  await first.choose('Why does it end?', 'We have lost touch, or appointments were missed')
  await first.choose('How is it now, as they judge it?', 'They could not be asked')
  await first.fill('How can they come back?', 'Ring the same number')
  await first.choose('May we be in touch afterwards?', 'Only in this way')
  await first.fill('In which way, and what about?', 'A card to the library')
  await first.choose('Do they know that it ends?', 'No: we could not reach them')
  await first.fill(
    'If they do not know: what was tried, and when will they be told?',
    'Three calls in safe hours',
  )
  await first.tick('Ask a second lead to confirm')
  await first.press('End the case')
  await first.go(`/cases/${caseId}/closing`)
  expect(await first.text()).not.toContain('Confirm: end the case')
  await first.close()
  const second = await walkAs(sol, false)
  await second.go('/work')
  expect(await second.text()).toContain('asks a second lead to end this case')
  await second.go(`/cases/${caseId}/closing`)
  await second.press('Confirm: end the case')
  expect(await second.text()).toContain('This case has ended')
  await second.close()
})

test.each([true, false])('a case goes to a colleague, who covers too, with scripts: %s', async (scripts) => {
  const { caseId } = await caseWith(amina, { name: 'Rowan Fell' })
  const walk = await walkAs(amina, scripts)
  await walk.go(`/cases/${caseId}/handing`)
  await walk.choose('To whom?', 'Bea Fell')
  await walk.fill('What should they know first?', 'Wants mornings.')
  await walk.choose('Does the person know?', 'Yes, the person knows who will be there for them')
  await walk.press('Offer the case')
  expect(await walk.text()).toContain('offered this case to Bea Fell')
  const other = await walkAs(bea, scripts)
  await other.go('/work')
  await other.press('Rowan Fell')
  expect(await other.text()).toContain('Wants mornings.')
  await other.press('Take the case')
  expect(await other.text()).toContain('With Bea Fell')

  await other.go('/diary/away')
  await day(other, 'First day away', 30)
  await day(other, 'Last day away', 29)
  await other.select('Who covers?', 'Lena Marsh')
  await other.press('Save')
  expect(await other.text()).toContain('The last day comes before the first')
  await day(other, 'Last day away', 33)
  await other.press('Save')
  expect(await other.text()).toContain('Lena Marsh covers.')
  await other.press('Bea Fell is here after all')
  await other.go('/diary?view=day')
  await other.open('Add a task of your own')
  await other.fill('What is to be done?', 'Order leaflets')
  await other.press('Add it')
  await other.press('Order leaflets')
  await other.press('It is done')
  expect(await other.text()).not.toContain('Order leaflets')
  await other.close()
  await walk.close()
})

test('day and time for the person: refused where paper is not safe, neutral where it is', async () => {
  const { caseId } = await caseWith(amina)
  const walk = await walkAs(amina, true)
  await walk.go(`/cases/${caseId}/diary/new?kind=appointment`)
  await walk.fill('What is it for?', 'Safety planning')
  await day(walk, 'On which day?', 3)
  await walk.fill('At what time?', '14:30')
  await walk.fill('What may paper or a calendar say to them, beside day and time?', 'Library')
  await walk.press('Plan it')
  await walk.press('Safety planning')
  await walk.press('Give them day and time')
  expect(await walk.text()).toContain('No calendar entries were agreed.')
  await amina.act(async (db, actor) => {
    const contact = (await openFile(db, actor, caseId))?.contact
    if (contact) await saveContact(db, actor, { caseId, version: 1 }, { ...contact, calendar: 'neutral' })
  })
  await walk.page.reload()
  const coming = walk.page.waitForEvent('download')
  await walk.page.getByRole('button', { name: 'Make the file' }).click()
  const file = await (await coming).createReadStream()
  const text = Buffer.concat(await file.toArray()).toString()
  expect(text).toMatch(/SUMMARY:Appointment\r\nLOCATION:Library/)
  expect(text).not.toMatch(/Safety|Northmere|Rowan|anydoor/i)
  await walk.press('Show it for printing')
  const paper = await walk.page.content()
  expect(paper).toContain('14:30')
  expect(paper).not.toMatch(/Safety planning|Northmere|Rowan|Amina/)
  await walk.close()
})
