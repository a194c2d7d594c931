// Every key that works everywhere, in one place.
import { commandKey } from '../../app/use-shortcuts.ts'
import { useT } from '../../app/i18n.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { useSessionStore } from '../../stores/session.ts'

export function ShortcutsSection() {
  const t = useT()
  const platform = useSessionStore((state) => state.info?.platform)
  const command = commandKey(platform)
  const shift = platform === 'darwin' ? '⇧' : 'Shift'
  const entries = [
    { keys: [command, 'K'], text: t('shortcuts.searchAll') },
    { keys: ['/'], text: t('shortcuts.searchPage') },
    { keys: ['↑', '↓', 'Enter', 'Esc'], text: t('shortcuts.list') },
    { keys: [command, 'Enter'], text: t('shortcuts.save') },
    { keys: [command, 'L'], text: t('shortcuts.lock') },
    { keys: [command, shift, 'L'], text: t('shortcuts.panic') },
  ]
  return (
    <section className="card stack-small" data-testid="settings-shortcuts">
      <h2>{t('shortcuts.title')}</h2>
      {entries.map(({ keys, text }) => (
        <div className="setting" key={text}>
          <span className="keys">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </span>
          <span className="soft">{text}</span>
        </div>
      ))}
    </section>
  )
}
