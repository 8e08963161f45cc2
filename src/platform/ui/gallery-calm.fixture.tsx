import { t } from './gallery-frame.fixture.tsx'
import {
  Button,
  ButtonGroup,
  Details,
  Input,
  PageHeading,
  PasswordInput,
  PersonPage,
  PlainPage,
  PublicPage,
  SummaryList,
} from './index.ts'

/** An open page. */
export function Public() {
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

/** A long page of the person's own. */
export function Person() {
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

/** A page before anybody is known. */
export function Plain() {
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
