import { dark, fontFamily, light, writeProperties } from "@cove/kit/theme/meanings";

/** Keep the page in the colours of the device, light or dark, now and when it changes. */
export function followTheme(): void {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const put = () => {
    writeProperties(document.documentElement, media.matches ? dark : light);
    document.documentElement.style.colorScheme = media.matches ? "dark" : "light";
  };
  document.documentElement.style.fontFamily = fontFamily;
  media.addEventListener("change", put);
  put();
}
