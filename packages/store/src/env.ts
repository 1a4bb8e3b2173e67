import { z } from "zod";

/** Where the truth is kept. Without `DATABASE_URL` an embedded Postgres lives in `WAYMARK_HOME`. */
export const storeEnv = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "DATABASE_URL must begin with postgres:// or postgresql://")
    .optional(),
  WAYMARK_HOME: z.string().min(1).default(".waymark"),
});
export type StoreEnv = z.infer<typeof storeEnv>;
