// The one place where colours are written (SCREENS.md, Look). CSS reads them as custom properties, antd as tokens.
export interface Palette {
  paper: string
  surface: string
  raised: string
  ink: string
  inkSoft: string
  inkFaint: string
  line: string
  lineStrong: string
  hover: string
  selected: string
  action: string
  actionSolid: string
  onAction: string
  seal: string
  onSeal: string
  sealTint: string
  warn: string
  warnTint: string
  mark: string
}

export const light: Palette = {
  paper: '#FAF8F4',
  surface: '#FFFEFB',
  raised: '#FFFFFF',
  ink: '#1F2A37',
  inkSoft: '#4B5662',
  inkFaint: '#66707B',
  line: '#E5E0D5',
  lineStrong: '#C9C2B3',
  hover: '#F3EFE7',
  selected: '#E4EEEB',
  action: '#1F5E5B',
  actionSolid: '#1F5E5B',
  onAction: '#FFFFFF',
  seal: '#B3342D',
  onSeal: '#FFFFFF',
  sealTint: '#FAEBE8',
  warn: '#7E5200',
  warnTint: '#FBF2DF',
  mark: '#ECE7DB',
}

export const dark: Palette = {
  paper: '#15191D',
  surface: '#1A1F24',
  raised: '#20262C',
  ink: '#E6E3DC',
  inkSoft: '#B4B8BA',
  inkFaint: '#949B9F',
  line: '#2C333A',
  lineStrong: '#454E56',
  hover: '#222930',
  selected: '#1F3434',
  action: '#86C5BD',
  actionSolid: '#2B716C',
  onAction: '#FFFFFF',
  seal: '#F08F85',
  onSeal: '#15191D',
  sealTint: '#3A2422',
  warn: '#E0B668',
  warnTint: '#332A18',
  mark: '#2F363C',
}

/** Writes a palette as custom properties on the document's root element. */
export function applyPalette(palette: Palette, mode: 'light' | 'dark'): void {
  const root = document.documentElement
  for (const [name, value] of Object.entries(palette)) {
    root.style.setProperty(
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      String(value),
    )
  }
  root.style.colorScheme = mode
  root.dataset['theme'] = mode
}
