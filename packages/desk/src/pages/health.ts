import { secondsSinceSweep } from "@waymark/store";
import type { OpenCall } from "../call.ts";

/** A worker sweeps each minute; after three minutes without it, none is alive. */
export const sweepSecondsMax = 180;

/**
 * For watchdogs: 200 when all is well, 503 when the database is away, or when workers swept before and
 * stopped. Where none ever ran, none is expected.
 */
export async function showHealth({ c, desk }: OpenCall): Promise<Response> {
  try {
    const seconds = await secondsSinceSweep(desk.db);
    const isSwept = seconds === undefined || seconds <= sweepSecondsMax;
    return c.json(
      {
        ok: isSwept,
        database: true,
        secondsSinceSweep: seconds === undefined ? null : Math.round(seconds),
        version: desk.version,
      },
      isSwept ? 200 : 503,
    );
  } catch (error) {
    desk.log.error({ err: error }, "health: the database is away");
    return c.json(
      { ok: false, database: false, secondsSinceSweep: null, version: desk.version },
      503,
    );
  }
}
