import type { Department } from "@cove/api/types";

export interface Twig {
  department: Department;
  children: Twig[];
}

/** The list of departments, parents first, as a tree. */
export function twigsOf(departments: Department[]): Twig[] {
  const twigs = new Map<number, Twig>(departments.map((department) => [department.id, { department, children: [] }]));
  const tops: Twig[] = [];
  for (const twig of twigs.values()) {
    const above = twig.department.parent_id === null ? undefined : twigs.get(twig.department.parent_id);
    (above ? above.children : tops).push(twig);
  }
  return tops;
}

export interface Choice {
  value: number;
  title: string;
  disabled: boolean;
  children: Choice[];
}

/** The departments as choices of a tree to choose from; those in `except` cannot be chosen. */
export function choicesOf(departments: Department[], except = new Set<number>()): Choice[] {
  const choice = ({ department, children }: Twig): Choice => ({
    value: department.id, title: department.name, disabled: except.has(department.id), children: children.map(choice),
  });
  return twigsOf(departments).map(choice);
}

/** A department and everything below it. */
export function withBelow(departments: Department[], id: number): Set<number> {
  const found = new Set([id]);
  for (const one of departments) if (one.parent_id !== null && found.has(one.parent_id)) found.add(one.id);
  return found;
}

/** The departments whose name has `search` in it, with all that lead to them. */
export function matching(departments: Department[], search: string): Set<number> {
  const byId = new Map(departments.map((one) => [one.id, one]));
  const found = new Set<number>();
  for (const one of departments) {
    if (!one.name.toLowerCase().includes(search.toLowerCase())) continue;
    let above: Department | undefined = one;
    while (above && !found.has(above.id)) {
      found.add(above.id);
      above = above.parent_id === null ? undefined : byId.get(above.parent_id);
    }
  }
  return found;
}

/** Names from the top to a department. */
export function pathOf(departments: Department[], id: number): string {
  const byId = new Map(departments.map((one) => [one.id, one]));
  const names: string[] = [];
  for (let one = byId.get(id); one; one = one.parent_id === null ? undefined : byId.get(one.parent_id)) names.unshift(one.name);
  return names.join(" / ");
}

/** Where something dropped on a tree goes: into the department it was dropped on, or beside it. */
export function placeOf(departments: Department[], onto: Department, gap: "in" | "before" | "after", moved: number): { parentId: number | null; beforeId: number | null } {
  if (gap === "in") return { parentId: onto.id, beforeId: null };
  if (gap === "before") return { parentId: onto.parent_id, beforeId: onto.id };
  const siblings = departments.filter((one) => one.parent_id === onto.parent_id && one.id !== moved);
  const next = siblings[siblings.findIndex((one) => one.id === onto.id) + 1];
  return { parentId: onto.parent_id, beforeId: next?.id ?? null };
}
