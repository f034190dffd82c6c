import { theme, type ThemeConfig } from "antd";

import { fontFamily, type Meanings } from "./meanings";

const NONE = "none";

/** Ant Design in our colours: hairlines in place of shadows, a worker's density. */
export function antdTheme(meanings: Meanings, isDark: boolean): ThemeConfig {
  const m = meanings;
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: m.accent,
      colorPrimaryHover: m.accentHover,
      colorPrimaryActive: m.accentActive,
      colorPrimaryText: m.accentInk,
      colorPrimaryBg: m.accentWash,
      colorPrimaryBgHover: m.accentWash,
      controlItemBgActive: m.accentWash,
      controlItemBgActiveHover: m.accentWash,
      controlItemBgHover: m.ground,
      colorInfo: m.accent,
      colorLink: m.accentInk,
      colorLinkHover: m.accentHover,
      colorSuccess: m.success,
      colorWarning: m.attention,
      colorError: m.danger,
      colorText: m.ink,
      colorTextSecondary: m.inkSecond,
      colorTextTertiary: m.inkFaint,
      colorTextDescription: m.inkSecond,
      colorTextPlaceholder: m.inkFaint,
      colorBgLayout: m.ground,
      colorBgContainer: m.card,
      colorBgElevated: m.raised,
      colorBorder: m.lineStrong,
      colorBorderSecondary: m.line,
      colorSplit: m.line,
      colorBgMask: m.mask,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      fontSize: 14,
      fontFamily,
      controlHeight: 32,
      wireframe: false,
      boxShadowTertiary: NONE,
      motionDurationMid: "0.14s",
      motionDurationSlow: "0.2s",
    },
    components: {
      Button: { primaryShadow: NONE, defaultShadow: NONE, dangerShadow: NONE },
      Card: { bodyPadding: 16, headerFontSize: 14, headerHeight: 44 },
      Menu: {
        itemBg: "transparent",
        subMenuItemBg: "transparent",
        itemSelectedBg: m.accentWash,
        itemSelectedColor: m.accentInk,
        subMenuItemSelectedColor: m.ink,
        itemHeight: 34,
        itemMarginInline: 8,
        activeBarBorderWidth: 0,
        groupTitleColor: m.inkFaint,
      },
      Table: {
        headerBg: m.card,
        headerColor: m.inkSecond,
        headerSplitColor: "transparent",
        rowHoverBg: m.ground,
        rowSelectedBg: m.accentWash,
        rowSelectedHoverBg: m.accentWash,
        cellPaddingBlockSM: 7,
        cellPaddingInlineSM: 12,
        borderColor: m.line,
      },
      Dropdown: { colorPrimary: m.accentInk },
      Tabs: { itemSelectedColor: m.accentInk, inkBarColor: m.accentInk },
      Segmented: { trackBg: m.sunken },
      Tag: { defaultBg: m.sunken, defaultColor: m.ink },
      Drawer: { paddingLG: 20 },
      Form: { labelColor: m.ink, itemMarginBottom: 24, verticalLabelPadding: "0 0 4px" },
    },
  };
}
