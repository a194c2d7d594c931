// The fourteen fonts that a PDF may use without carrying them (Foxit's and Liberation, 0.8 MB).
export const files: Readonly<Record<string, string>> = import.meta.glob(
  '../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
  { query: '?url&inline', import: 'default', eager: true },
)
