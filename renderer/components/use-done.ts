import { App } from 'antd'
import { useCallback } from 'react'
import { useDataStore } from '../stores/data.ts'

/** After something was written: says so, and has every list asked again. */
export function useDone(): (words: string) => void {
  const { message } = App.useApp()
  return useCallback(
    (words: string) => {
      useDataStore.getState().bump()
      message.success(words, 4)
    },
    [message],
  )
}
