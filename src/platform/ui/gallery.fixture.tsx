import { createWords, type Words } from '#platform/i18n'

import {
  AsOf,
  Button,
  ButtonGroup,
  CharacterCount,
  Checkboxes,
  DateInput,
  DenseList,
  Details,
  EmptyState,
  Fieldset,
  FileUpload,
  FingerprintWords,
  ForOurRecord,
  Input,
  InsetText,
  NotificationBanner,
  OneTimeSecret,
  PageHeading,
  Pagination,
  Panel,
  PasswordInput,
  PersonPage,
  PlainPage,
  PublicPage,
  Radios,
  SearchBox,
  Select,
  StaffPage,
  StepList,
  SummaryList,
  Table,
  Tag,
  TextArea,
  Timeline,
  Verdict,
  WarningText,
  uiWords,
} from './index.ts'

export const galleryWords: Words = createWords([uiWords])({ pack: 'uk' })
const t = galleryWords

const actor = { agencyName: 'Northmere Advocacy', displayName: 'Ash Merrow' }
const nav = [
  { href: '/work', text: 'My work', current: true },
  { href: '/people', text: 'People' },
  { href: '/menu', text: 'Services' },
  { href: '/referrals', text: 'Referrals' },
  { href: '/ledger', text: 'Who has seen it' },
]
const search = <SearchBox action="/people/find" name="name" />

/** Every component on a few pages, by path: for looking at, for axe, for the browser tests. */
export const gallery: Readonly<Record<string, () => unknown>> = {
  '/work': Work,
  '/form': Form,
  '/form-errors': FormErrors,
  '/blocks': Blocks,
  '/public': Public,
  '/person': Person,
  '/plain': Plain,
}

function Work() {
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
      <Pagination page={3} pages={9} href={(page) => `/work/${page}`} />
      <EmptyState title="No conference is planned">
        <p class="govuk-body">When a coordinator invites you to one, it shows here with its date.</p>
      </EmptyState>
    </StaffPage>
  )
}

function Form() {
  return (
    <StaffPage t={t} actor={actor} nav={nav} title="Safe contact" back="/work">
      <StepList
        label="Starting a case"
        steps={[
          { text: 'What they want', href: '/1', state: 'done' },
          { text: 'Safe contact', state: 'current' },
          { text: 'Details that matter', href: '/3', state: 'next' },
          { text: 'Services', state: 'next' },
        ]}
      />
      <PageHeading caption="Rowan">Safe contact</PageHeading>
      <form method="post" action="/form">
        <Input name="name" label="Name to use" hint="Any name they are happy with." width={20} />
        <Radios
          name="channel"
          legend="How may we be in touch?"
          hint="Ask each time. It may have changed."
          value="phone"
          items={[
            {
              value: 'phone',
              text: 'Telephone',
              conditional: <Input name="phone" label="Number" type="tel" width={20} value="01632 960123" />,
            },
            { value: 'post', text: 'Letter', hint: 'Only where nobody else opens the post.' },
            { divider: 'or' },
            { value: 'none', text: 'Not now' },
          ]}
        />
        <Radios
          name="voicemail"
          legend="May we leave a message?"
          inline
          items={[
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
            { value: 'unknown', text: 'Not known' },
          ]}
        />
        <Checkboxes
          name="times"
          legend="When is it safe?"
          values={['morning']}
          none="never"
          items={[
            { value: 'morning', text: 'Mornings' },
            { value: 'afternoon', text: 'Afternoons' },
            { divider: 'or' },
            { value: 'never', text: 'No time is safe' },
          ]}
        />
        <Checkboxes
          name="small"
          small
          legend="What is shared"
          values={['name']}
          items={[
            { value: 'name', text: 'Name to use' },
            { value: 'contact', text: 'How to be in touch safely' },
            { value: 'wants', text: 'What they want' },
          ]}
        />
        <DateInput
          name="born"
          legend="Date of birth"
          hint="For example, 27 3 2007. You can leave this out."
        />
        <Select
          name="language"
          label="Language"
          items={[
            { value: 'en', text: 'English' },
            { value: 'bsl', text: 'British Sign Language' },
          ]}
          value="bsl"
        />
        <TextArea
          name="words"
          label="What they want help with, in their own words"
          rows={3}
          value="Somewhere quiet to sleep. Then the letters."
        />
        <CharacterCount name="purpose" label="Purpose" maxLength={200} value="To start talking therapy." />
        <Input name="cost" label="Cost" prefix="£" suffix="a week" width={5} inputmode="numeric" />
        <PasswordInput name="password" label="Password" />
        <FileUpload name="letter" label="A letter to start from" />
        <Fieldset legend="Household">
          <Input name="adults" label="Adults" width={2} inputmode="numeric" />
        </Fieldset>
        <ButtonGroup>
          <Button>Save and go on</Button>
          <Button variant="secondary" name="later" value="1">
            Not now
          </Button>
          <Button variant="warning" name="stop" value="1">
            Withdraw the permission
          </Button>
          <a class="govuk-link" href="/work">
            Cancel
          </a>
        </ButtonGroup>
      </form>
    </StaffPage>
  )
}

function FormErrors() {
  const errors = {
    name: 'Write the name they want to be called',
    channel: 'Choose how we may be in touch',
    born: 'Write a real date, like 27 3 2007',
  }
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      title="Safe contact"
      back={{ href: '/work', text: 'Back to my work' }}
      errors={errors}
    >
      <PageHeading>Safe contact</PageHeading>
      <form method="post" action="/form-errors">
        <Input name="name" label="Name to use" error={errors.name} value=" " />
        <Radios
          name="channel"
          legend="How may we be in touch?"
          error={errors.channel}
          items={[
            { value: 'phone', text: 'Telephone' },
            { value: 'post', text: 'Letter' },
          ]}
        />
        <DateInput
          name="born"
          legend="Date of birth"
          error={errors.born}
          value={{ day: '31', month: '2', year: '2007' }}
        />
        <Button>Save</Button>
      </form>
    </StaffPage>
  )
}

function Blocks() {
  return (
    <StaffPage t={t} actor={actor} nav={nav} title="Services" back="/work">
      <PageHeading caption="Rowan">Services that could help</PageHeading>
      <Verdict kind="takes" reason="Takes anybody over 16 in Northmere, whatever their housing.">
        Wait: 2 weeks, <AsOf t={t} date="2026-11-18" />
      </Verdict>
      <Verdict kind="depends" reason="Depends on whether a crisis plan is in place. Ask: is there one?" />
      <Verdict kind="no" reason="Does not take people under 18 (rule N07-age). Would change on 4 March." />
      <SummaryList
        title="What Harbour would see"
        rows={[
          {
            key: 'Name to use',
            value: 'Rowan',
            action: { href: '/c', text: 'Change', hidden: 'name to use' },
          },
          {
            key: 'Safe contact',
            value: 'Telephone, weekdays before 3 in the afternoon. Do not leave a message.',
            action: [
              { href: '/c', text: 'Change', hidden: 'safe contact' },
              { href: '/d', text: 'Strike', hidden: 'safe contact' },
            ],
          },
          { key: 'Wants', value: 'Somebody to talk to who knows about sleep' },
        ]}
      />
      <SummaryList
        compact
        rows={[
          { key: 'Expected wait', value: '2 weeks' },
          { key: 'Permission ends', value: '22 February 2027' },
        ]}
      />
      <WarningText>
        This agency must report to child welfare if a child is at risk of serious harm.
      </WarningText>
      <InsetText>“I would rather be asked twice than not at all.”</InsetText>
      <Details summary="What withdrawing cannot undo">
        <p class="govuk-body">
          What somebody has read stays read. What they took into their own record stays there.
        </p>
      </Details>
      <h2 class="govuk-heading-m">What happened</h2>
      <Timeline
        items={[
          {
            when: '22 November 2026 at 09:12',
            machineTime: '2026-11-22T09:12Z',
            what: 'Harbour Talking Therapies accepted, first meeting 3 December',
            who: 'Sol Amari',
          },
          {
            when: '20 November 2026 at 16:40',
            what: 'A question was answered',
            who: 'Ash Merrow',
            more: 'Mornings are better.',
          },
          { when: '20 November 2026 at 11:02', what: 'Referral sent', who: 'Ash Merrow' },
        ]}
      />
      <ForOurRecord
        t={t}
        text={
          '22 Nov 2026  Referral to Harbour Talking Therapies\nAccepted. First meeting 3 Dec, 10:30, Sol Amari.\nPermission ends 22 Feb 2027.'
        }
      />
      <Table
        caption="Waits by service"
        head={['Service', 'Area', { content: 'Weeks', numeric: true }, { content: 'Places', numeric: true }]}
        dense
        rows={[
          [
            'Harbour Talking Therapies',
            'Northmere',
            { content: '2', numeric: true },
            { content: '14', numeric: true },
          ],
          ['Northmere Housing', 'All', { content: '6', numeric: true }, { content: '3', numeric: true }],
          [
            'Riverside Surgery',
            'Riverside',
            { content: '0', numeric: true },
            { content: '128', numeric: true },
          ],
        ]}
      />
      <p class="govuk-body">
        {(['grey', 'green', 'teal', 'blue', 'purple', 'magenta', 'red', 'orange', 'yellow'] as const).map(
          (colour) => (
            <>
              <Tag colour={colour}>{colour}</Tag>{' '}
            </>
          ),
        )}
      </p>
      <FingerprintWords words={['lantern', 'orchard', 'pebble', 'violin', 'meadow', 'thimble']} />
      <OneTimeSecret
        label="Key for your authenticator"
        secret="JBSW Y3DP EHPK 3PXP"
        qr="otpauth://totp/Anydoor:ash.merrow@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Anydoor"
      />
      <Panel title="The referral was sent">Harbour Talking Therapies will answer by 24 November.</Panel>
    </StaffPage>
  )
}

function Public() {
  return (
    <PublicPage t={t} title="Before you go on">
      <PageHeading size="xl">You can leave this page fast</PageHeading>
      <p class="govuk-body">
        Press the button at the top, or press the Shift key 3 times. The page closes at once and another site
        opens.
      </p>
      <p class="govuk-body">
        Your browser still remembers that you were here. If somebody checks this phone or computer, use
        another one.
      </p>
      <Details summary="What this button cannot do">
        <p class="govuk-body">It does not remove the visit from the browser’s history.</p>
      </Details>
      <Button href="/person">Go on</Button>
    </PublicPage>
  )
}

function Person() {
  return (
    <PersonPage t={t} title="What was shared" back="/public">
      <PageHeading>What was shared</PageHeading>
      <p class="govuk-body">You said yes to one thing being shared.</p>
      <SummaryList
        title="Harbour Talking Therapies"
        rows={[
          { key: 'What they see', value: 'Your name to use, how to be in touch, what you want' },
          { key: 'Until', value: '22 February 2027' },
        ]}
      />
      <form method="post" action="/person">
        <Input name="a" label="Is there anything you want to change?" hint="You can leave this empty." />
        <ButtonGroup>
          <Button>Send</Button>
          <Button variant="secondary">Stop sharing this</Button>
        </ButtonGroup>
      </form>
      {Array.from({ length: 12 }, () => (
        <p class="govuk-body">
          This page is long, so that the button at the top has something to stay in sight over.
        </p>
      ))}
      <p class="govuk-body" id="end">
        <a class="govuk-link" href="/public">
          The last link
        </a>
      </p>
    </PersonPage>
  )
}

function Plain() {
  return (
    <PlainPage t={t} title="Sign in" staff>
      <PageHeading>Sign in</PageHeading>
      <form method="post" action="/plain">
        <Input name="email" label="Work email" type="email" autocomplete="username" />
        <PasswordInput name="password" label="Password" />
        <Button>Sign in</Button>
      </form>
    </PlainPage>
  )
}
