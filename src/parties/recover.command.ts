import { parseArgs } from 'node:util'

import { z } from 'zod'

import type { Installation } from '#platform/crypto'
import type { Pool } from '#platform/db'

import { paths, pathTo } from './paths.ts'
import { admitBySheet, inviteBySheet, type SheetRefusal } from './sheet-recovery.actions.ts'

/** What the command needs of the program around it. */
export interface RecoverHost {
  /** Opens the database as its owner, runs the work, and closes it again; gives the exit code. */
  readonly withDatabase: (
    work: (side: { readonly owner: Pool; readonly installation: Installation }) => Promise<0 | 2>,
  ) => Promise<number>
  /** The sheet's key, from standard input or from a prompt that shows nothing; null when it was broken off. */
  readonly readSecret: () => Promise<string | null>
  readonly publicUrl: string
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

/** The help text of `anydoor recover`. */
export const recoverHelp = `anydoor recover --login ADDRESS --name NAME
anydoor recover --words "SIX WORDS"

Opens an agency with its printed recovery sheet, when none of its administrators can sign in.
Two people do it together at this machine: whoever runs it and whoever holds the sheet.

1. With --login and --name it prints one link for a new administrator of that agency. The
   link works once and for 72 hours. They set a password and are shown six words.
2. They read the six words aloud; type them with --words. If they are the ones of the key
   that was just made, the agency's secrets are sealed to it, and the sheet is used up.

Both times the sheet's key is read from standard input, or asked for without showing it.
It is never an argument. Both steps stand in the agency's ledger, where colleagues who are
still there see them. Cases that are closed stay closed to everybody but their own team.

Exit 0: done. 2: nothing was changed, and one line says why.
`

type Asked =
  | { readonly step: 'invite'; readonly login: string; readonly name: string }
  | { readonly step: 'admit'; readonly words: readonly string[] }

/** Runs the command; gives the exit code. */
export async function runRecover(argv: readonly string[], host: RecoverHost): Promise<number> {
  const asked = readArguments(argv)
  if (typeof asked === 'string') return refuse(host, `${asked} See anydoor recover --help.`)
  const sheet = await host.readSecret()
  if (sheet === null) return refuse(host, 'Broken off. Nothing was changed.')
  return host.withDatabase(async ({ owner, installation }) => {
    if (asked.step === 'invite') {
      const done = await inviteBySheet(owner, installation, sheet, asked)
      if ('refused' in done) return refuse(host, inWords(done))
      host.print(
        `A link for ${asked.name} to become administrator of ${done.agency}. It works once, within 72 hours:`,
      )
      host.print(host.publicUrl + pathTo(paths.join, done.token))
      host.print('They are shown six words. Type these here: anydoor recover --words "…", with the sheet.')
      return 0
    }
    const done = await admitBySheet(owner, installation, sheet, asked.words)
    if ('refused' in done) return refuse(host, inWords(done))
    host.print(`${done.name} is an administrator of ${done.agency} and can sign in.`)
    host.print('The sheet is used up. Print a new one there now, and let in a second administrator.')
    return 0
  })
}

function readArguments(argv: readonly string[]): Asked | string {
  const options = { login: { type: 'string' }, name: { type: 'string' }, words: { type: 'string' } } as const
  try {
    const { login, name, words } = parseArgs({ args: [...argv], options }).values
    if (words !== undefined) {
      const said = words.split(/[\s,]+/).filter((word) => word !== '')
      if (login !== undefined || name !== undefined) return 'Give --words alone.'
      return said.length === 6 ? { step: 'admit', words: said } : 'Give the six words in one pair of quotes.'
    }
    const address = z.email().max(254).safeParse(login?.trim())
    const called = z.string().trim().min(1).max(80).safeParse(name)
    if (!address.success) return 'Give the mail address of the new administrator with --login.'
    if (!called.success) return 'Give the name of the new administrator with --name, at most 80 letters.'
    return { step: 'invite', login: address.data, name: called.data }
  } catch {
    return 'The options are --login ADDRESS --name NAME, or --words. The sheet’s key is never one.'
  }
}

function inWords(done: SheetRefusal): string {
  switch (done.refused) {
    case 'wait':
      return `Too many wrong tries. Wait ${done.seconds} seconds, then try again.`
    case 'wrong-sheet':
      return 'This is not the key of a sheet that opens an agency here. Compare each letter; if a newer sheet was printed, only that one opens.'
    case 'used':
      return `This sheet of ${done.agency} was used already. Its administrator prints a new one on the page Your agency.`
    case 'older':
      return `The keys of ${done.agency} were changed after this sheet was printed, and it does not open the new ones. Only a newer sheet does.`
    case 'altered':
      return `What is kept for this sheet of ${done.agency} is not what was sealed when it was printed. Nothing was opened; bring back a copy of the keyring first.`
    case 'login-taken':
      return 'Somebody already signs in here with this address, or began to. Give another address with --login.'
    case 'nobody-ready':
      return `Nobody has answered a link of this sheet for ${done.agency} yet, or a colleague there ended it. Run it with --login and --name first.`
    case 'other-words':
      return 'These are not the six words of the key that was made with the link. Ask for them again; if they still differ, make a new link.'
  }
}

function refuse(host: RecoverHost, line: string): 2 {
  host.printError(line)
  return 2
}
