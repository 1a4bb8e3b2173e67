import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** Where the time of a fetch went; a socket that was open already has no `connectMs`. */
export type FetchTimes = {
  wholeMs: number;
  connectMs: number | undefined;
  /** From the request to the first line of the answer. */
  answerMs: number | undefined;
  bodyMs: number | undefined;
};

/** Runs the work and tells where its time went. Listens to the whole process: nothing else may fetch meanwhile. */
export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; times: FetchTimes }> {
  const at: { [moment in Moment]?: number } = {};
  const listeners = Object.entries(channels).map(([moment, channel]) => {
    const listener = (): void => {
      at[moment as Moment] = performance.now();
    };
    subscribe(channel, listener);
    return { channel, listener };
  });
  const began = performance.now();
  const between = (from: Moment, to: Moment): number | undefined =>
    at[from] === undefined || at[to] === undefined
      ? undefined
      : Math.round((at[to] - at[from]) * 10) / 10;
  try {
    const value = await work();
    const times = {
      wholeMs: Math.round((performance.now() - began) * 10) / 10,
      connectMs: between("connecting", "connected"),
      answerMs: between("asked", "answered"),
      bodyMs: between("answered", "ended"),
    };
    return { value, times };
  } finally {
    for (const { channel, listener } of listeners) unsubscribe(channel, listener);
  }
}

/** What the HTTP client tells of its steps on Node's own channels; they are for whoever listens. */
const channels = {
  connecting: "undici:client:beforeConnect",
  connected: "undici:client:connected",
  asked: "undici:client:sendHeaders",
  answered: "undici:request:headers",
  ended: "undici:request:trailers",
};
type Moment = keyof typeof channels;
