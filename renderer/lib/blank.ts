/** Shows nothing at all, at once: before React has forgotten, and before main has answered. Only a fresh document ends it. */
export function blankWindow(): void {
  document.documentElement.dataset['blank'] = ''
}
