// Adobe's character maps: which character a code of a Chinese, Japanese or Korean font stands for (about 1 MB).
export const files: Readonly<Record<string, string>> = import.meta.glob(
  '../../../node_modules/pdfjs-dist/cmaps/*.bcmap',
  { query: '?url&inline', import: 'default', eager: true },
)
