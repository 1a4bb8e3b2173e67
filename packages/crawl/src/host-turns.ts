import { createSlots, type Release, type Slots } from "./slots.ts";

/** One request at a time to a host, whichever page makes it. */
export type HostTurns = {
  take(host: string): Promise<Release>;
  /** Whether somebody waits for the host. */
  isWaitedFor(host: string): boolean;
};

export function createHostTurns(): HostTurns {
  const hosts = new Map<string, Slots>();
  return {
    async take(host) {
      const slots = hosts.get(host) ?? createSlots(1);
      hosts.set(host, slots);
      const release = await slots.take();
      return () => {
        release();
        if (slots.isIdle()) hosts.delete(host);
      };
    },
    isWaitedFor: (host) => (hosts.get(host)?.waiting() ?? 0) > 0,
  };
}
