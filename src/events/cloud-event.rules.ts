import type { EventRow } from './event.ts'

/** An event in the structured JSON of CloudEvents 1.0. */
export interface CloudEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly time: string
  readonly subject?: string
  readonly datacontenttype: 'application/json'
  readonly data: Readonly<Record<string, string>>
}

/** The media types of one event, and of several (CloudEvents 1.0, JSON event format 3 and 4). */
export const eventMediaType = 'application/cloudevents+json; charset=utf-8'
export const batchMediaType = 'application/cloudevents-batch+json; charset=utf-8'

/**
 * What a system is told: that something happened to a referral, and where it stands. Its name says nothing of what it is about, its
 * time is the minute, and nothing in it comes from anybody's words (CloudEvents 1.0.2, JSON event format).
 */
export function cloudEventOf(partyId: string, event: EventRow): CloudEvent {
  const { id, threadId } = event
  const about = threadId === null ? {} : { subject: `referral/${threadId}` }
  return {
    specversion: '1.0',
    id,
    source: `/agencies/${partyId}`,
    type: threadId === null ? 'org.anydoor.test.v1' : `org.anydoor.referral.${event.type}.v1`,
    ...about,
    time: `${event.at.toISOString().slice(0, 16)}:00Z`,
    datacontenttype: 'application/json',
    data: threadId === null ? {} : { id: threadId, state: event.state ?? '' },
  }
}
