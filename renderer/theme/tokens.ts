// antd's tokens from the palette: 14 px base, radius 6, lines rather than shadows, nothing moves.
import { type ThemeConfig, theme } from 'antd'
import { type Palette, dark, light } from './palette.ts'

/** The list itself is in fonts/fonts.css: it depends on the language. */
export const fontFamily = 'var(--font)'
export const monoFamily =
  "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"

function tokensOf(palette: Palette): ThemeConfig['token'] {
  return {
    fontFamily,
    fontFamilyCode: monoFamily,
    fontSize: 14,
    fontSizeSM: 12,
    fontSizeLG: 16,
    borderRadius: 6,
    borderRadiusLG: 6,
    borderRadiusSM: 4,
    controlHeight: 32,
    fontWeightStrong: 600,
    motion: false,
    wireframe: false,
    colorPrimary: palette.actionSolid,
    colorPrimaryBg: palette.selected,
    colorPrimaryBgHover: palette.selected,
    colorInfo: palette.actionSolid,
    colorSuccess: palette.actionSolid,
    colorWarning: palette.warn,
    colorError: palette.seal,
    colorLink: palette.action,
    colorLinkHover: palette.action,
    colorLinkActive: palette.action,
    colorBgLayout: palette.paper,
    colorBgContainer: palette.surface,
    colorBgElevated: palette.raised,
    colorText: palette.ink,
    colorTextSecondary: palette.inkSoft,
    colorTextTertiary: palette.inkFaint,
    colorTextDescription: palette.inkSoft,
    colorTextPlaceholder: palette.inkFaint,
    colorTextDisabled: palette.inkFaint,
    colorBorder: palette.lineStrong,
    colorBorderSecondary: palette.line,
    colorSplit: palette.line,
    controlItemBgHover: palette.hover,
    controlItemBgActive: palette.selected,
    controlOutline: 'transparent',
    boxShadow: 'none',
    boxShadowSecondary: '0 2px 12px rgba(0, 0, 0, 0.10)',
    boxShadowTertiary: 'none',
  }
}

/** antd's theme for a mode. */
export function themeOf(mode: 'light' | 'dark'): ThemeConfig {
  const palette = mode === 'dark' ? dark : light
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: tokensOf(palette),
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        dangerColor: palette.onSeal,
        fontWeight: 500,
      },
      Steps: { iconSize: 24 },
      Segmented: {
        trackBg: palette.mark,
        itemSelectedBg: palette.raised,
        itemSelectedColor: palette.action,
        itemColor: palette.inkSoft,
      },
      Alert: { withDescriptionPadding: '12px 16px' },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px', labelColor: palette.ink },
      Modal: { titleFontSize: 16 },
      Tooltip: { colorBgSpotlight: palette.ink, colorTextLightSolid: palette.paper },
    },
  }
}
