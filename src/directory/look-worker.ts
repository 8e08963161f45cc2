import { parentPort } from 'node:worker_threads'
import type { LookAsked } from './look.ts'
import { newLooker } from './look.rules.ts'

// A thread of its own: an area takes a moment to decide, and no other page may wait for it.
const look = newLooker()

parentPort?.on('message', (asked: LookAsked) => parentPort?.postMessage(look(asked)))
