import { join } from 'node:path'

import {
  askCells,
  asksSection,
  decisionDisclosures,
  groundDisclosures,
  lettersToErase,
  openAsks,
  releasedDisclosures,
} from '#asks'
import { coveredToday, diaryCells, diarySection, diaryToday, diaryWork, handedWork } from '#diary'
import { harmInCase, linkCells, noticesWaiting } from '#accountability'
import { staleAfter } from '#directory'
import { ownCopyCells } from '#envelopes'
import { cutBeforeErasing, familyCells, familySection } from '#family'
import { helpingSection } from '#helping'
import { eventsStopped } from '#events'
import { exportLock, groundCells, groundSection, groundsWaiting } from '#grounds'
import { filledCells, formsSection, toldInForms } from '#intake'
import { besideLinks, linksAsked, officeKeyCells } from '#light'
import {
  bringBeside,
  coverWork,
  askedNow,
  holdNamed,
  lateForUs,
  Letter,
  letterRows,
  newsForUs,
  openThreads,
  renewalsForUs,
  threadCells,
  threadsInCase,
  passedOn,
  threadsNow,
  toldInReferrals,
  triedOnMenu,
  unmetLink,
  waitingForUs,
} from '#referrals'
import { planCells, plansSection } from '#plans'
import { excludedParties, loadLawPacks, releaseCells, releaseSection, runningReleases } from '#releases'
import { openRoom } from '#survivors'
import {
  besideThreads,
  cutTiesBeforeErasing,
  openSteps,
  stepsForUs,
  togetherCells,
  togetherSection,
} from '#together'
import { paperCells, papersSection } from '#papers'
import { systemClock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Room } from '#platform/http'

import type { DemoPages } from './demo/routes.ts'
import { asksRoom } from './asks/routes.ts'
import { room as calendar } from './calendar/routes.ts'
import { diaryRoom } from './diary/routes.ts'
import { room as accountability } from './accountability/routes.ts'
import { caseloadLink, room as caseload } from './caseload/routes.ts'
import { room as clients } from './clients/routes.ts'
import { room as directory } from './directory/routes.ts'
import { room as exchange } from './exchange/routes.ts'
import { eventsLink, eventsRoom } from './events/routes.ts'
import { envelopesRoom } from './envelopes/routes.ts'
import { familyRoom } from './family/routes.ts'
import { room as grounds } from './grounds/routes.ts'
import { intakeRoom } from './intake/routes.ts'
import { helpingRoom } from './helping/routes.ts'
import { room as light } from './light/routes.ts'
import { room as language } from './language/routes.ts'
import { papersRoom } from './papers/routes.ts'
import { room as parties } from './parties/routes.ts'
import { peopleRoom } from './people/routes.ts'
import { plansRoom } from './plans/routes.ts'
import { chasingLink, room as referrals } from './referrals/routes.ts'
import { room as releases } from './releases/routes.ts'
import { room as together } from './together/routes.ts'

/** What the rooms are told of the installation they stand in. */
export interface RoomParts {
  readonly config: Pick<Config, 'pack' | 'dataDir' | 'eventHosts'>
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Only beside invented data that nobody else can reach. */
  readonly demo?: DemoPages | null
}

/** What rooms bring to a case and to *My work*, in the order in which it stands there. */
const inCases = {
  caseSections: [
    familySection,
    diarySection,
    formsSection,
    plansSection,
    harmInCase,
    threadsInCase,
    togetherSection,
    helpingSection,
    releaseSection,
    groundSection,
    papersSection,
    asksSection,
  ],
  cells: [
    familyCells,
    filledCells,
    planCells,
    linkCells,
    paperCells,
    diaryCells,
    threadCells,
    togetherCells,
    ownCopyCells,
    releaseCells,
    officeKeyCells,
    groundCells,
    askCells,
  ],
  workFirst: [askedNow],
  workSections: [
    noticesWaiting,
    coverWork,
    diaryWork,
    handedWork,
    groundsWaiting,
    passedOn,
    lateForUs,
    newsForUs,
    waitingForUs,
    stepsForUs,
    linksAsked,
    renewalsForUs,
    eventsStopped,
  ],
  today: [diaryToday, threadsNow],
  covered: coveredToday,
} satisfies Partial<Parameters<typeof peopleRoom>[0]>

/** Every room with pages, in the order their menu entries stand, and one sentence for each thing the operator has still to do. */
export function roomsOf(parts: RoomParts): {
  readonly rooms: readonly Room[]
  readonly warnings: readonly string[]
} {
  staleAfter(parts.variables['STALE_DAYS'])
  const open = openPages(parts)
  bringBeside([besideLinks, besideThreads])
  const demo = parts.demo ? [parts.demo.room] : []
  const people = peopleRoom({
    ...inCases,
    beforeErasing: async (db, key) => {
      await cutBeforeErasing(db, key)
      await cutTiesBeforeErasing(db, key)
    },
    workLinks: [caseloadLink, unmetLink, chasingLink, eventsLink],
    lock: exportLock,
    loose: lettersToErase,
    told: [toldInReferrals, toldInForms],
    onNamed: holdNamed,
    namedAgencies: excludedParties,
    tried: triedOnMenu,
  })
  const diary = diaryRoom([openThreads, openSteps, runningReleases, openAsks])
  const family = familyRoom({ cells: inCases.cells, onNamed: holdNamed, lock: exportLock })
  const envelopes = envelopesRoom((t, body) => {
    const letter = Letter.safeParse(body)
    return letter.success ? letterRows(t, letter.data) : null
  })
  // Every room that shares on a ground of its own gives its source here, so that the person sees it.
  const asks = asksRoom([releasedDisclosures, groundDisclosures, decisionDisclosures], exportLock)
  return {
    rooms: [
      open.room,
      parties,
      people,
      intakeRoom(exportLock),
      plansRoom(exportLock),
      accountability,
      family,
      papersRoom(parts.variables['PAPER_MIB']),
      diary,
      calendar,
      referrals,
      helpingRoom(exportLock),
      eventsRoom({ hosts: parts.config.eventHosts, reach: { loopback: false } }),
      light,
      releases,
      together,
      envelopes,
      grounds,
      asks,
      directory,
      // Before the open interfaces, which answer for whatever else lies under their addresses.
      clients,
      exchange,
      caseload,
      language,
      ...demo,
    ],
    warnings: [...open.warnings, ...loadLawPacks(join(parts.config.dataDir, 'packs'))],
  }
}

/** The pages that anybody may read, without signing in. */
function openPages({ config, variables, demo }: RoomParts) {
  return openRoom({
    variables,
    pack: config.pack,
    dataDir: config.dataDir,
    clock: systemClock,
    findPath: '/services',
    signInPath: '/sign-in',
    ...(demo ? { lookRound: demo.lookRound } : {}),
  })
}
