/** How far a long piece of work has come, shown beside the figures. */
export type Bar = { show(done: number): void; end(): void };

const width = 30;

/** A bar on a terminal, drawn again in its place; elsewhere a line for each tenth of the work. */
export function showBar(
  what: string,
  total: number,
  say: (text: string) => void,
  isTerminal: boolean = process.stderr.isTTY,
): Bar {
  const began = performance.now();
  let told = -1;
  const tell = (done: number, after: string) => {
    const full = Math.round((width * done) / Math.max(1, total));
    const seconds = Math.round((performance.now() - began) / 1000);
    const bar = "█".repeat(full) + "░".repeat(width - full);
    say(`${isTerminal ? "\r" : ""}  ${bar} ${done}/${total} ${what}, ${seconds} s${after}`);
  };
  return {
    show(done) {
      const step = Math.floor(((isTerminal ? 200 : 10) * done) / Math.max(1, total));
      if (step <= told) return;
      told = step;
      tell(done, isTerminal ? "" : "\n");
    },
    end() {
      if (isTerminal) tell(total, "\n");
    },
  };
}
