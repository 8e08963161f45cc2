import { actor, nav, search, t } from './gallery-frame.fixture.tsx'
import {
  Button,
  ButtonGroup,
  DenseList,
  EmptyState,
  NotificationBanner,
  PageHeading,
  Pagination,
  StaffPage,
} from './index.ts'

/** My work: the page that people scan all day. */
export function Work() {
  return (
    <StaffPage t={t} actor={actor} nav={nav} search={search} title="My work" wide>
      <NotificationBanner kind="success">
        The referral was sent to Harbour Talking Therapies.
      </NotificationBanner>
      <PageHeading>My work</PageHeading>
      <ButtonGroup>
        <Button href="/start">Someone is with me now</Button>
        <Button href="/new" variant="secondary">
          Start a case
        </Button>
      </ButtonGroup>
      <NeedsAnswer />
      <People />
      <Pagination page={3} pages={9} href={(page) => `/work/${page}`} />
      <EmptyState title="No conference is planned">
        <p class="govuk-body">When a coordinator invites you to one, it shows here with its date.</p>
      </EmptyState>
    </StaffPage>
  )
}

function NeedsAnswer() {
  return (
    <>
      <h2 class="govuk-heading-m">Needs an answer</h2>
      <DenseList
        empty="Nothing waits for you."
        items={[
          {
            href: '/r/1',
            title: 'Referral from Riverside Surgery',
            meta: 'Came today at 09:12. Answer due by Tuesday 24 November',
            tag: { text: 'New', colour: 'yellow' },
            fresh: true,
          },
          {
            href: '/r/2',
            title: 'Question about Rowan’s referral',
            meta: 'Harbour Talking Therapies asked yesterday',
            tag: { text: 'Question', colour: 'blue' },
            fresh: true,
          },
          {
            href: '/r/3',
            title: 'Juniper',
            meta: 'Introduction planned for Wednesday at 10:30, with Sol Amari',
            tag: { text: 'Introduction', colour: 'purple' },
          },
        ]}
      />
    </>
  )
}

function People() {
  return (
    <>
      <h2 class="govuk-heading-m">People you work with</h2>
      <DenseList
        empty="Nobody yet."
        items={[
          'Rowan',
          'Juniper',
          'No name yet, started 20 November',
          'Wren',
          'Marlow',
          'Teal',
          'Sorrel',
        ].map((title, i) => ({
          href: `/c/${i}`,
          title,
          meta: [
            'Wants housing advice and somebody to talk to',
            'Safe to call on weekdays before 3',
            'Waiting for Northmere Housing, week 3 of 6',
            'Permission for Riverside Surgery ends on 4 December',
          ][i % 4],
          tag:
            i % 3 === 0
              ? { text: 'Active', colour: 'green' as const }
              : i % 3 === 1
                ? { text: 'Waiting', colour: 'grey' as const }
                : undefined,
        }))}
      />
    </>
  )
}
