import { create } from 'qrcode'

/** A QR code as plain SVG shapes. */
export function QrCode({ text, label, size = 168 }: { text: string; label: string; size?: number }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x) === 1) path += `M${x} ${y}h1v1h-1z`
    }
  }
  const quiet = 4
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`${-quiet} ${-quiet} ${modules.size + 2 * quiet} ${modules.size + 2 * quiet}`}
      shapeRendering="crispEdges"
    >
      <rect
        x={-quiet}
        y={-quiet}
        width={modules.size + 2 * quiet}
        height={modules.size + 2 * quiet}
        fill="#fff"
      />
      <path d={path} fill="#000" />
    </svg>
  )
}
