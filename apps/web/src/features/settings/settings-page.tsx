// What this device remembers, and who is signed in.
import { LogOut } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { changeDeviceSettings, useDeviceSettings } from '../../ui/device-settings.ts'
import { Checkbox } from '../../ui/field.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useLogout } from '../session/logout.ts'
import { useUser } from '../session/session.ts'
import './settings.css'

export function SettingsPage() {
  return (
    <Page title="Settings" sentence="The look is remembered on this device only.">
      <div className="columns columns--even">
        <Look />
        <Profile />
      </div>
    </Page>
  )
}

function Look() {
  const { theme, density, privacy } = useDeviceSettings()
  return (
    <Section title="Look">
      <div className="setting">
        <Segmented
          label="Theme"
          labelled
          value={theme}
          segments={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'system', label: 'As the system' },
          ]}
          onChange={(next) => changeDeviceSettings({ theme: next })}
        />
      </div>
      <div className="setting">
        <Segmented
          label="Density"
          labelled
          value={density}
          segments={[
            { value: 'compact', label: 'Compact' },
            { value: 'regular', label: 'Regular' },
            { value: 'roomy', label: 'Roomy' },
          ]}
          onChange={(next) => changeDeviceSettings({ density: next })}
        />
      </div>
      <div className="setting">
        <Checkbox
          label="Blur all figures"
          checked={privacy}
          onChange={(event) => changeDeviceSettings({ privacy: event.target.checked })}
        />
        <p className="setting__hint">
          For when others see the screen. <Kbd>Shift</Kbd> <Kbd>P</Kbd> does the same on any page.
        </p>
      </div>
    </Section>
  )
}

function Profile() {
  const user = useUser()
  const logout = useLogout()
  return (
    <Section title="You">
      <dl className="profile">
        <div>
          <dt>Name</dt>
          <dd>{user?.name}</dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>{user?.email}</dd>
        </div>
        <div>
          <dt>Id of your first account</dt>
          <dd className="profile__id">{user?.id}</dd>
        </div>
      </dl>
      <div>
        <Button icon={<LogOut aria-hidden="true" />} onClick={logout}>
          Sign out
        </Button>
      </div>
    </Section>
  )
}
