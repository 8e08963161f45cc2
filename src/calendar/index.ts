export { addressOf } from './address.store.ts'
export {
  calendarFile,
  CalendarForm,
  putInCalendar,
  tellCalendars,
} from './invitation.actions.ts'
export { invitationOf, meetingAt, movedTo } from './invitation.store.ts'
export { CalendarPart } from './part.view.tsx'
export { paths as calendarPaths } from './paths.ts'
