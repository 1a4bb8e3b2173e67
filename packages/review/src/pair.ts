import type { InitiativeId } from "@waymark/domain";

/** Two entries in their order: the lesser id is mostly the older entry, and is the one that stays. */
export function inOrder(
  one: InitiativeId,
  other: InitiativeId,
): { stays: InitiativeId; goes: InitiativeId } {
  const order = one.localeCompare(other, "en", { numeric: true }) || (one < other ? -1 : 1);
  return order > 0 ? { stays: other, goes: one } : { stays: one, goes: other };
}
