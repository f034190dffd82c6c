import { createContext, Suspense, use, type ComponentType, type ReactNode } from "react";

/**
 * Places on a page that other modules fill. The module that owns the page declares the place and what it hands over, by
 * declaration merging; a module on a floor above fills it. So a page shows what it may not import.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the modules
export interface Slots {}

/** What one module puts into the places of others: one component a place. */
export type SlotFillings = { [Name in keyof Slots]?: ComponentType<Slots[Name]> };

/** What all modules put there together, in the order of the modules. */
export type GatheredFillings = { [Name in keyof Slots]?: ComponentType<Slots[Name]>[] };

export const SlotContext = createContext<GatheredFillings>({});

/** Gathers the fillings of many modules. Two that fill the same place both stand in it: neither takes the other's. */
export function gatherFillings(many: readonly (SlotFillings | undefined)[]): GatheredFillings {
  const gathered = new Map<string, unknown[]>();
  for (const fillings of many) {
    for (const [name, filling] of Object.entries(fillings ?? {})) gathered.set(name, [...(gathered.get(name) ?? []), filling]);
  }
  return Object.fromEntries(gathered) as GatheredFillings;
}

interface SlotProps<Name extends keyof Slots> {
  name: Name;
  given: Slots[Name];
  /** What stands there while a filling is on its way. */
  waiting?: ReactNode;
}

export function Slot<Name extends keyof Slots>({ name, given, waiting }: SlotProps<Name>) {
  const fillings = (use(SlotContext)[name] ?? []) as ComponentType<Slots[Name]>[];
  return fillings.map((Filling, place) => (
    // The order of the modules never changes, so a place in it is a key.
    <Suspense key={place} fallback={waiting}>
      <Filling {...given} />
    </Suspense>
  ));
}
