import { actor, nav, t } from './gallery-frame.fixture.tsx'
import {
  AsOf,
  Details,
  FingerprintWords,
  ForOurRecord,
  InsetText,
  OneTimeSecret,
  PageHeading,
  Panel,
  StaffPage,
  SummaryList,
  Table,
  Tag,
  Timeline,
  Verdict,
  WarningText,
} from './index.ts'

/** Everything that is not a field. */
export function Blocks() {
  return (
    <StaffPage t={t} actor={actor} nav={nav} title="Services" back="/work">
      <PageHeading caption="Rowan">Services that could help</PageHeading>
      <Services />
      <History />
      <Small />
    </StaffPage>
  )
}

function Services() {
  return (
    <>
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
    </>
  )
}

function History() {
  return (
    <>
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
    </>
  )
}

function Small() {
  return (
    <>
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
    </>
  )
}
