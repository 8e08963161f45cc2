import { expect, test } from 'vitest'

import { checkStoredLedger, sealLedger } from '#platform/ledger'

import type { HelpedOnce } from './help-once.ts'
import type { JourneyWorld } from './journey-world.ts'

/** Step 7: the person takes the permission back, and everything says so honestly. */
export function takeBack(world: () => JourneyWorld, at: HelpedOnce): void {
  test('at once the clinic’s copy no longer opens, and the pages say what that does and does not undo', async () => {
    const { advocate, clinician } = at
    await advocate.go(`${at.ourCase}/releases`)
    await advocate.press(/Northmere Adult Mental Health/)
    await advocate.press('Take it back now')
    const before = await advocate.text()
    for (const line of ['What ends at once', 'What stays on both sides', 'What nobody can undo'])
      expect(before).toContain(line)
    await advocate.choose('How did the person say it?', 'Said here, face to face')
    await advocate.press('Withdraw now')
    expect(await advocate.text()).toContain('Taken back')
    await clinician.go(at.theirThread)
    const theirs = await clinician.text()
    expect(theirs).toContain('No longer shared')
    expect(await clinician.page.content()).not.toContain('listening for the door')
    await clinician.go(at.theirCase)
    expect(await clinician.text()).toContain('Ash')
  })

  test('the pages tell what crossed and who looked, and the whole account proves whole', async () => {
    const { advocate } = at
    const { owner, pools, installation } = world()
    await advocate.go(`${at.ourCase}/shared`)
    expect(await advocate.text()).toContain('A referral to Northmere Adult Mental Health')
    expect(await advocate.text()).toContain('No longer shared')
    await advocate.go(`${at.ourCase}/seen`)
    expect(await advocate.text()).toContain('Amina Yusuf')
    while ((await sealLedger(pools, installation.sign)) > 0);
    const checked = await checkStoredLedger(owner, installation.sign.publicKey)
    expect(checked).toMatchObject({ ok: true })
  })
}
