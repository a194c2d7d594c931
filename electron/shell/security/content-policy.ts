// What a document of ours may load and do. Both hosts send the same headers.
import { randomBytes } from 'node:crypto'

/** Stands in index.html wherever a nonce goes; replaced in each document that is served. */
export const noncePlaceholder = '__CSP_NONCE__'

/** A fresh nonce (base64, 144 bits). */
export function createNonce(): string {
  return randomBytes(18).toString('base64')
}

/**
 * The one Trusted Types policy: whatever goes into an HTML sink passes only when it holds no markup. antd writes its
 * style sheets through `innerHTML`, which is why the sink can't simply be closed; no code, and no address of code, passes.
 */
export const trustedTypesPolicy = `trustedTypes.createPolicy('default', {
  createHTML: (text) => (text.includes('<') ? null : text),
  createScript: () => null,
  createScriptURL: () => null,
})`

/**
 * The content security policy of a document. Nothing is allowed that isn't named:
 * - scripts from the built files, and the one inline script that carries the nonce (the Trusted Types policy);
 * - style elements with the nonce (antd makes them at run time). `style-src-attr 'unsafe-inline'` is for `style="…"` in
 *   markup, which can't carry a nonce: an SVG icon or a measuring node may have one. It reaches no address outside
 *   (fonts and pictures stay `self`) and runs no code;
 * - no connection, form, frame, worker, plug-in or base address at all.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** Features of the browser that this program never uses, refused to every origin. */
const refusedFeatures = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

/** Headers of every answer, document or not. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': refusedFeatures.map((feature) => `${feature}=()`).join(', '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
}
