// Columns that files brought and no field takes, and own fields that are often trade secrets: how much each gives away. Owners say so.
import { App, Button, Select } from 'antd'
import {
  type ClassedColumn,
  type ClassedField,
  type FieldClass,
  fieldClassSchema,
  ownClasses,
} from '../../../shared/types/field-class.ts'
import { recordKindSchema } from '../../../shared/types/exchange.ts'
import { codeText } from '../../../shared/locales/index.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { useIdentitiesOpen, useSessionStore } from '../../stores/session.ts'

export function FieldsSection() {
  const t = useT()
  const owner = useSessionStore((state) => state.session?.role === 'owner')
  const open = useIdentitiesOpen()
  const { data, error, reload } = useCall('fields.list', {})
  return (
    <section className="card stack-small" data-testid="fields-section">
      <h2>{t('fields:title')}</h2>
      <p className="soft">{t('fields:text')}</p>
      <dl className="facts">
        {fieldClassSchema.options.map((name) => (
          <div key={name} className="fact">
            <dt>{t(`fields:classes.${name}`)}</dt>
            <dd>{t(`fields:meaning.${name}`)}</dd>
          </div>
        ))}
      </dl>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data?.items.length === 0 && <p>{t('fields:none')}</p>}
      {data !== undefined && data.items.length > 0 && (
        <>
          {!owner && <p className="soft">{t('fields:ownerOnly')}</p>}
          {owner && !open && <p className="soft">{t('fields:closed')}</p>}
          <Columns items={data.items} may={owner && open} />
        </>
      )}
      <details>
        <summary data-testid="fields-own">{t('fields:own')}</summary>
        <p className="soft">{t('fields:ownText')}</p>
        {data !== undefined && <OwnFields settable={data.own} may={owner} />}
      </details>
    </section>
  )
}

function Columns({ items, may }: { items: readonly ClassedColumn[]; may: boolean }) {
  const t = useT()
  return (
    <table className="compare">
      <thead>
        <tr>
          <th scope="col">{t('fields:column')}</th>
          <th scope="col">{t('fields:records')}</th>
          <th scope="col">{t('fields:class')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Column key={`${item.kind} ${item.column}`} item={item} may={may} />
        ))}
      </tbody>
    </table>
  )
}

function Column({ item, may }: { item: ClassedColumn; may: boolean }) {
  const t = useT()
  const locale = useLocale()
  const { message } = App.useApp()
  const { kind, column, count, pending } = item
  const set = useAction(async (given: FieldClass) => {
    const { changed } = await runJob('fields', 'fields.setClass', { kind, column, class: given }, count)
    useDataStore.getState().bump()
    message.success(t('fields:changed', { n: formatNumber(changed, locale) }), 4)
  })
  const kindName = t(`fields:kinds.${kind}`)
  return (
    <tr>
      <th scope="row">
        {column} <span className="soft">{kindName}</span>
      </th>
      <td className="figures">{formatNumber(count, locale)}</td>
      <td>
        <Select<FieldClass>
          aria-label={`${t('fields:class')} ${kindName} ${column}`}
          value={item.class}
          disabled={!may}
          loading={set.busy}
          popupMatchSelectWidth={false}
          onChange={(given) => set.run(given)}
          data-testid={`field-class-${kind}-${column}`}
          options={fieldClassSchema.options.map((value) => ({ value, label: t(`fields:classes.${value}`) }))}
        />
        {pending > 0 && (
          <p className="soft">
            {t('fields:pending', { n: formatNumber(pending, locale) })}{' '}
            {may && (
              <Button size="small" type="link" onClick={() => set.run(item.class)}>
                {t('fields:goOn')}
              </Button>
            )}
          </p>
        )}
        {set.error !== undefined && <ActionError error={set.error} onOpened={set.clear} />}
      </td>
    </tr>
  )
}

interface OwnFieldsProps {
  /** Own fields whose class can be set. */
  settable: readonly ClassedField[]
  may: boolean
}

function OwnFields({ settable, may }: OwnFieldsProps) {
  const t = useT()
  const texts = useTexts()
  return (
    <table className="compare">
      <tbody>
        {recordKindSchema.options.flatMap((kind) =>
          Object.entries(ownClasses[kind]).map(([field, given]) => {
            const name = codeText(texts[kind].fields, field) ?? field
            const classed = settable.find((one) => one.kind === kind && one.field === field)
            return (
              <tr key={`${kind} ${field}`}>
                <th scope="row">
                  {name} <span className="soft">{t(`fields:kinds.${kind}`)}</span>
                </th>
                <td>
                  {classed === undefined ? (
                    t(`fields:classes.${given}`)
                  ) : (
                    <OwnClass classed={classed} name={name} may={may} />
                  )}
                </td>
              </tr>
            )
          }),
        )}
      </tbody>
    </table>
  )
}

function OwnClass({ classed, name, may }: { classed: ClassedField; name: string; may: boolean }) {
  const t = useT()
  const { message } = App.useApp()
  const { kind, field, ownClass } = classed
  const set = useAction(async (given: FieldClass) => {
    await call('fields.setOwnClass', { kind, field, class: given })
    useDataStore.getState().bump()
    message.success(t('fields:ownChanged'), 4)
  })
  const offered: readonly FieldClass[] = [ownClass, 'confidential']
  return (
    <>
      <Select<FieldClass>
        aria-label={`${t('fields:class')} ${t(`fields:kinds.${kind}`)} ${name}`}
        value={classed.class}
        disabled={!may}
        loading={set.busy}
        popupMatchSelectWidth={false}
        onChange={(given) => set.run(given)}
        data-testid={`own-class-${kind}-${field}`}
        options={offered.map((value) => ({ value, label: t(`fields:classes.${value}`) }))}
      />
      {set.error !== undefined && <ActionError error={set.error} onOpened={set.clear} />}
    </>
  )
}
