/** The domain clock: visit times, due dates, freshness and decisions follow it; leases never do. */
export type Clock = () => Date;

/** The real time, or one instant for as long as it is pinned (`WAYMARK_CLOCK`). */
export function createClock(pinned?: string | undefined): Clock {
  if (!pinned) return () => new Date();
  const instant = new Date(pinned);
  return () => new Date(instant);
}
