// The only addresses that the window ever has, and its one title: a window's title stands in task bars, screenshots and
// screen shares, so it never names a company, a vault or a page.

/** Electron's own scheme; registered as standard and secure, so that `self` and module scripts work. */
export const electronOrigin = 'app://guicang'

/** `.invalid` can't be registered or resolved (RFC 2606), so a request that slips past the host leads nowhere. */
export const chromiumOrigin = 'https://guicang.invalid'

export const windowTitle = 'Guicang 归藏'
