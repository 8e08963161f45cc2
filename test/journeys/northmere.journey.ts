import { afterAll, beforeAll, describe } from 'vitest'

import { byKeyboard } from './by-keyboard.ts'
import { everyPage } from './every-page.ts'
import { helpOnce } from './help-once.ts'
import { type JourneyWorld, journeyWorld } from './journey-world.ts'
import { otherDoors } from './other-doors.ts'
import { takeBack } from './taking-back.ts'

let world: JourneyWorld

beforeAll(async () => {
  world = await journeyWorld()
})
afterAll(() => world?.close())

describe.each([true, false])('from a first talk to the end, with scripts: %s', (scripts) => {
  takeBack(
    () => world,
    helpOnce(() => world, scripts),
  )
})

describe('any other door', () => otherDoors(() => world))

describe('by keyboard', () => byKeyboard(() => world))

describe('every page', () => everyPage(() => world))
