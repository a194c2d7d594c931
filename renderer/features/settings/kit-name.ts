import { useT } from '../../app/i18n.ts'

/** A kit's name in words: the first two are called `recovery-1` and `recovery-2` in the vault. */
export function useKitName(): (name: string) => string {
  const t = useT()
  return (name) => {
    const number = /^recovery-(\d+)$/.exec(name)?.[1]
    return number === undefined ? name : t('vault:create.kit', { n: number })
  }
}
