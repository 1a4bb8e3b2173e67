import { z } from "zod";
import { AccountId } from "./ids.ts";

/** Each role may do what the roles before it may. */
export const roles = ["reader", "curator", "operator", "admin"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Whether somebody of one role may do what another role is needed for. */
export const mayActAs = (role: Role, needed: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(needed);

export const Account = z.object({
  id: AccountId,
  name: z.string(),
  role: Role,
  disabled: z.boolean(),
});
export type Account = z.infer<typeof Account>;
