import type { RightsCatalogue, Scope } from "@cove/api/types";

export type Rights = Record<string, Scope>;
export type Grantable = RightsCatalogue["modules"][number]["operations"][number];

/** Narrowest first. */
export const SCOPES: readonly Scope[] = ["own", "departments", "subtree", "all"];

export function wider(one: Scope, other: Scope): Scope {
  return SCOPES.indexOf(one) >= SCOPES.indexOf(other) ? one : other;
}

export interface Held {
  scope: Scope;
  /** Names of the rights that bring it along; empty where the role says so itself. */
  because: string[];
}

export function operationsOf(catalogue: RightsCatalogue): Map<string, Grantable> {
  return new Map(catalogue.modules.flatMap((module) => module.operations).map((operation) => [operation.key, operation]));
}

/** What a role with these rights gives in effect, as the server reckons (cove/kernel/rights.py). */
export function effective(given: Rights, operations: Map<string, Grantable>): Map<string, Held> {
  const held = new Map<string, Held>();
  const take = (key: string, scope: Scope, by?: Grantable) => {
    const operation = operations.get(key);
    if (!operation) return;
    const reach = operation.scoped ? scope : "all";
    const known = held.get(key);
    const because = by ? [by.label] : [];
    if (known && wider(known.scope, reach) === known.scope) {
      // A second reason of the same width is told, too; one that the role gives itself needs none.
      if (by && known.scope === reach && known.because.length > 0 && !known.because.includes(by.label)) known.because.push(by.label);
      return;
    }
    held.set(key, { scope: reach, because });
    for (const implied of operation.implies) take(implied, operation.scoped ? reach : "own", operation);
  };
  for (const [key, scope] of Object.entries(given)) take(key, scope);
  return held;
}

export interface Difference {
  added: number;
  removed: number;
  changed: number;
}

/** How two sets of rights differ in effect. */
export function difference(before: Map<string, Held>, after: Map<string, Held>): Difference {
  const keys = [...after.keys()];
  return {
    added: keys.filter((key) => !before.has(key)).length,
    removed: [...before.keys()].filter((key) => !after.has(key)).length,
    changed: keys.filter((key) => before.has(key) && before.get(key)?.scope !== after.get(key)?.scope).length,
  };
}
