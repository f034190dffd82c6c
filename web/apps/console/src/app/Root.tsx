import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeRoot } from "@cove/kit/theme/ThemeRoot";
import { SlotContext } from "@cove/kit/slots/Slots";

import { useLanguage } from "./i18n/language";
import { queryClient } from "./queryClient";
import { slotFillings } from "./routes";
import { SessionGate } from "./SessionGate";

export function Root() {
  const { antdLocale } = useLanguage();
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeRoot locale={antdLocale}>
        <SlotContext value={slotFillings}>
          <SessionGate />
        </SlotContext>
      </ThemeRoot>
    </QueryClientProvider>
  );
}
