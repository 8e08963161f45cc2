import type { Room } from '#platform/http'

import { room as parties } from './parties/routes.ts'

/** Every room with pages, in the order their menu entries stand. */
export const rooms: readonly Room[] = [parties]
