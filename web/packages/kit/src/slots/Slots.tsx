import { createContext, Suspense, use, type ComponentType } from "react";

/**
 * Places on a page that other modules fill. The module that owns the page declares the place and what it hands over, by
 * declaration merging; a module on a floor above fills it. So a page shows what it may not import.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the modules
export interface Slots {}

export type SlotFillings = { [Name in keyof Slots]?: ComponentType<Slots[Name]> };

export const SlotContext = createContext<SlotFillings>({});

export function Slot<Name extends keyof Slots>({ name, given }: { name: Name; given: Slots[Name] }) {
  const Filling = use(SlotContext)[name] as ComponentType<Slots[Name]> | undefined;
  if (!Filling) return null;
  return (
    <Suspense>
      <Filling {...given} />
    </Suspense>
  );
}
