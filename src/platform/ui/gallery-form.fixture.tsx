import { actor, nav, t } from './gallery-frame.fixture.tsx'
import {
  Button,
  ButtonGroup,
  CharacterCount,
  Checkboxes,
  DateInput,
  Fieldset,
  FileUpload,
  Input,
  PageHeading,
  PasswordInput,
  Radios,
  Select,
  StaffPage,
  StepList,
  TextArea,
} from './index.ts'

/** Every field, with answers in some. */
export function Form() {
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
        <Answers />
        <Fields />
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

function Answers() {
  return (
    <>
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
    </>
  )
}

function Fields() {
  return (
    <>
      <DateInput name="born" legend="Date of birth" hint="For example, 27 3 2007. You can leave this out." />
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
    </>
  )
}

/** A form that came back. */
export function FormErrors() {
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
