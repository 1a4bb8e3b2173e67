import type { Queue } from "bullmq";
import { type JobName, jobs, type Payload } from "./jobs.ts";
import { openQueueRoom, type QueueConfig, type QueueRoom } from "./queue.ts";

/** The queue as a doorbell: it says "look now", and losing it loses nothing but time. */
export type Bell = {
  ring<Name extends JobName>(
    name: Name,
    payload: Payload<Name>,
    options?: {
      delayMs?: number;
      /** Rings beside a job of the same key that the queue still takes for alive, though its worker has died. */
      instead?: number | undefined;
    },
  ): Promise<void>;
  /** Rings for many at once; a part that fails is rung by the next sweep (rule R16). */
  ringAll<Name extends JobName>(name: Name, payloads: Payload<Name>[]): Promise<void>;
  /** Lets the queue ring a job by the clock: only a comfort, since rows say what is due. */
  ringEvery(
    name: JobName,
    schedule: { everyMs: number } | { pattern: string; timeZone: string },
  ): Promise<void>;
  close(): Promise<void>;
};

/** Opens the doorbell; a queue that cannot be reached is a BadInput that names its address. */
export async function openBell(config: QueueConfig): Promise<Bell> {
  return createBell(await openQueueRoom(config));
}

/** The doorbell on connections that are open already. */
export function createBell(room: QueueRoom): Bell {
  const queues = new Map<JobName, Queue>();
  const queueOf = (name: JobName): Queue => {
    const queue = queues.get(name) ?? room.openQueue(name);
    queues.set(name, queue);
    return queue;
  };
  const optionsOf = (name: JobName, payload: never, delayMs?: number, instead?: number) => ({
    deduplication: {
      id: `${name}:${jobs[name].key(payload)}${instead === undefined ? "" : `:${instead}`}`,
      keepLastIfActive: true,
    },
    ...(delayMs && { delay: Math.ceil(delayMs) }),
  });
  return {
    async ring(name, payload, { delayMs, instead } = {}) {
      await queueOf(name).add(name, payload, optionsOf(name, payload as never, delayMs, instead));
    },
    async ringAll(name, payloads) {
      for (let from = 0; from < payloads.length; from += 500) {
        await queueOf(name).addBulk(
          payloads
            .slice(from, from + 500)
            .map((payload) => ({ name, data: payload, opts: optionsOf(name, payload as never) })),
        );
      }
    },
    async ringEvery(name, schedule) {
      await queueOf(name).upsertJobScheduler(
        `${name}-by-the-clock`,
        "everyMs" in schedule
          ? { every: schedule.everyMs }
          : { pattern: schedule.pattern, tz: schedule.timeZone },
        { name, data: {} },
      );
    },
    close: () => room.close(),
  };
}
