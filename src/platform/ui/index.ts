export { asset, assetsFolder } from './assets.ts'
export {
  BackLink,
  Button,
  ButtonGroup,
  type ButtonProps,
  Details,
  ErrorSummary,
  type Errors,
  InsetText,
  NotificationBanner,
  PageHeading,
  Pagination,
  Panel,
  type RowAction,
  SkipLink,
  SummaryList,
  type SummaryListRow,
  Table,
  type TableCellProps,
  Tag,
  type TagColour,
  WarningText,
} from './blocks.tsx'
export {
  Checkboxes,
  type Choice,
  DateInput,
  type DateValue,
  type Divider,
  Fieldset,
  Radios,
} from './choices.tsx'
export { ExitThisPage } from './exit-this-page.tsx'
export { CharacterCount, FileUpload, Input, PasswordInput, Select, TextArea } from './fields.tsx'
export { type NavItem, PersonPage, PlainPage, PublicPage, StaffPage, staffPaths } from './layouts.tsx'
export {
  type DenseItem,
  DenseList,
  EmptyState,
  SearchBox,
  type Step,
  StepList,
  Timeline,
  type TimelineItem,
} from './lists.tsx'
export type { Content } from './markup.ts'
export { Lines } from './lines.tsx'
export { OneTimeSecret, QrCode } from './one-time-secret.tsx'
export { AsOf, FingerprintWords, ForOurRecord, Verdict } from './own.tsx'
export { TermNotes } from './term-note.tsx'
export { uiWords } from './words.ts'
