/** Gives a place back; calling it again does nothing. */
export type Release = () => void;

/** A number of places, handed out in the order they are asked for. */
export type Slots = {
  /** Waits for that many places at once; who waits for many is not overtaken by who wants few. */
  take(count?: number): Promise<Release>;
  /** How many askers wait. */
  waiting(): number;
  /** Whether nobody holds a place or waits for one. */
  isIdle(): boolean;
};

/** Places for work that must not run all at once: pages of a browser, requests to a host. */
export function createSlots(total: number): Slots {
  let free = total;
  const queue: { count: number; begin: () => void }[] = [];
  const admit = (): void => {
    while (queue[0] && queue[0].count <= free) {
      const next = queue.shift()!;
      free -= next.count;
      next.begin();
    }
  };
  return {
    async take(count = 1) {
      await new Promise<void>((begin) => {
        queue.push({ count, begin });
        admit();
      });
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        free += count;
        admit();
      };
    },
    waiting: () => queue.length,
    isIdle: () => free === total && queue.length === 0,
  };
}
