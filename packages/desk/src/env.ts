import { z } from "zod";

/** Where the desk listens, and the address under which people reach it when that is another one. */
export const deskEnv = z.object({
  WAYMARK_PORT: z.coerce.number().int().min(0).max(65_535).default(4780),
  WAYMARK_HOST: z.string().min(1).default("127.0.0.1"),
  WAYMARK_URL: z
    .string()
    .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), {
      message: "WAYMARK_URL must be an http or https address, such as https://desk.example.org",
    })
    .optional(),
});
export type DeskEnv = z.infer<typeof deskEnv>;
