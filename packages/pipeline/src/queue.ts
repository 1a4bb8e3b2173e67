import { BadInput } from "@waymark/domain";
import { openPool, type Pool } from "@waymark/store";
import {
  type BackendFactory,
  createPostgresBackend,
  Queue,
  type RedisQueueBackend,
  runMigrations,
  Worker,
} from "bullmq";
import { Redis } from "ioredis";
import type { JobName } from "./jobs.ts";

/** Where the queue lives: Redis when there is an address for it, else the database. */
export type QueueConfig = {
  databaseUrl: string;
  redisUrl?: string | undefined;
  onError?: ((error: Error) => void) | undefined;
};

/** The connections of one process to its queue, for the jobs it rings and the jobs it answers. */
export type QueueRoom = {
  openQueue(name: JobName): Queue;
  openWorker(
    name: JobName,
    processor: (payload: unknown) => Promise<void>,
    concurrency: number,
  ): Worker;
  close(): Promise<void>;
};

// The queue's own attempts are 1 and its failed set is only a trace: rows say what is tried again.
const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: { count: 200 } };
// A killed worker's job holds its deduplication id until the queue finds it stalled: so that is soon, and
// however often it happens the job is not given up.
const workerOptions = { maxStalledCount: 1_000_000, lockDuration: 10_000, stalledInterval: 5_000 };

/**
 * Opens the queue on the backend that the configuration names, made ready to take jobs. A queue that
 * cannot be reached, or a Redis that evicts, is a BadInput with the remedy.
 */
export async function openQueueRoom(config: QueueConfig): Promise<QueueRoom> {
  if (config.redisUrl) {
    await assertRedis(config.redisUrl);
    return openRedisRoom(config.redisUrl, config);
  }
  try {
    return await openPostgresRoom(config);
  } catch (cause) {
    throw new BadInput(
      `cannot open the queue in the database ${withoutPassword(config.databaseUrl)}: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** An address fit for a message: its password is left out. */
export const withoutPassword = (url: string): string => url.replace(/:[^:@/]*@/, ":…@");

/** Redis connects in the background, so that a wrong address must be asked for by hand. */
async function assertRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  let reason: Error | undefined;
  redis.on("error", (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    const [, policy] = (await redis.config("GET", "maxmemory-policy").catch(() => [])) as string[];
    if (policy && policy !== "noeviction") {
      throw new BadInput(
        `Redis at REDIS_URL evicts keys (maxmemory-policy is ${policy}); set it to noeviction, since a queue that forgets jobs looks healthy`,
      );
    }
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const cause = reason ?? (error as Error);
    const words = cause.message || (cause as { code?: string }).code;
    throw new BadInput(
      `cannot reach Redis at REDIS_URL=${withoutPassword(url)}: ${words}; start it, correct the address, or unset REDIS_URL to keep the queue in Postgres`,
      { cause },
    );
  } finally {
    redis.disconnect();
  }
}

async function openRedisRoom(url: string, { onError }: QueueConfig): Promise<QueueRoom> {
  const connections: Redis[] = [];
  const connect = (): Redis => {
    const redis = new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: true });
    redis.on("error", (error) => onError?.(error));
    connections.push(redis);
    return redis;
  };
  const shared = connect();
  const closers: (() => Promise<unknown>)[] = [];
  return {
    openQueue(name) {
      const queue = new Queue(name, { connection: shared, defaultJobOptions: jobOptions });
      queue.on("error", (error) => onError?.(error));
      closers.push(() => queue.close());
      return queue;
    },
    openWorker(name, processor, concurrency) {
      const worker = new Worker(name, (job) => processor(job.data), {
        connection: connect(),
        concurrency,
        ...workerOptions,
      });
      worker.on("error", (error) => onError?.(error));
      return worker;
    },
    async close() {
      await Promise.allSettled(closers.map((close) => close()));
      for (const redis of connections) redis.disconnect();
    },
  };
}

async function openPostgresRoom({ databaseUrl, onError }: QueueConfig): Promise<QueueRoom> {
  // One pool for all queues of the process, with the schema of the queue's own tables in view. What the
  // queue loses in a crash the sweep rings again, so its commits need not wait for the disk.
  const pool = openPool(databaseUrl, {
    max: 20,
    settings: "-c search_path=bullmq,public -c synchronous_commit=off",
    applicationName: "waymark-queue",
    onError,
  });
  // Every queue and worker of the process listens for errors of the one pool.
  pool.setMaxListeners(100);
  const client = await pool.connect();
  try {
    await runMigrations(client, "bullmq");
  } finally {
    client.release();
  }
  // The two backends have types of their own; behind the queue's face they are used alike.
  const backend = createPostgresBackend as unknown as BackendFactory<RedisQueueBackend, Pool>;
  const closers: (() => Promise<unknown>)[] = [];
  return {
    openQueue(name) {
      const queue = new Queue(
        name,
        { connection: pool, defaultJobOptions: jobOptions },
        backend,
      ) as unknown as Queue;
      queue.on("error", (error) => onError?.(error));
      closers.push(() => queue.close());
      return queue;
    },
    openWorker(name, processor, concurrency) {
      const worker = new Worker(
        name,
        (job) => processor(job.data),
        { connection: pool, concurrency, ...workerOptions },
        backend,
      ) as unknown as Worker;
      worker.on("error", (error) => onError?.(error));
      return worker;
    },
    async close() {
      await Promise.allSettled(closers.map((close) => close()));
      await pool.end().catch(() => undefined);
    },
  };
}
