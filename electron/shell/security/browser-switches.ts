// Command-line switches that both hosts give to Chromium: nothing in the browser may reach for a network by itself.

/** Features that talk to a server or to other devices, or that keep or send what was typed. */
export const disabledFeatures = [
  'AimEnabled',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'InterestFeedContentSuggestions',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  'PrivacySandboxSettings4',
  'SpareRendererForSitePerProcess',
  'Translate',
  'msForceBrowserSignIn',
]

/**
 * Name and value (undefined: a switch without one). WebRTC is named twice because it escapes the content security policy,
 * request routing and the resolver rules: without a proxied UDP path (there is none) it opens no socket at all.
 */
export const offlineSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-breakpad'],
  ['disable-client-side-phishing-detection'],
  ['disable-component-update'],
  ['disable-crash-reporter'],
  ['disable-default-apps'],
  ['disable-domain-reliability'],
  ['disable-features', disabledFeatures.join(',')],
  ['disable-quic'],
  ['disable-sync'],
  ['dns-prefetch-disable'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['metrics-recording-only'],
  ['no-first-run'],
  ['no-pings'],
  ['no-proxy-server'],
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
]
