export { type Clock, fixedClock, minuteOf, monthOf, systemClock } from './clock.ts'
