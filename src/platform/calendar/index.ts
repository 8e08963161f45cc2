export { type CalendarLine, calendarText, type CalendarUse } from './ical.ts'
