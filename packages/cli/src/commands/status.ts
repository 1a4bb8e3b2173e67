import {
  countChanges,
  countOpenWork,
  listIncidents,
  listInitiatives,
  listOpenRuns,
  listRuns,
  listSources,
  listTroubledHosts,
  secondsSinceSweep,
} from "@waymark/store";
import type { Command } from "commander";
import { withDatabase } from "../session.ts";
import { minutesText } from "../summary.ts";
import { count, print, printJson, when } from "../terminal.ts";

/** Longer without a sweep than this, no worker is alive. */
const sweepSecondsMax = 90;

export function addStatus(program: Command): void {
  program
    .command("status")
    .summary("what waits, what runs, and whether all is well")
    .description("What waits for whom, what runs, and whether all is well.")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark status")
    .action(status);
}

const status = ({ json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const open = (await countChanges(db)).filter(({ state }) => state === "open");
    const sources = await listSources(db);
    const seconds = await secondsSinceSweep(db);
    const incidents = await listIncidents(db);
    const hosts = await listTroubledHosts(db);
    const [newest] = await listRuns(db, { limit: 1 });
    const facts = {
      initiatives: (await listInitiatives(db)).length,
      sources: sources.length,
      paused: sources.filter((source) => source.paused).length,
      openChanges: Object.fromEntries(open.map(({ kind, n }) => [kind, n])),
      openRuns: (await listOpenRuns(db)).length,
      ...(await countOpenWork(db)),
      lastRunAt: newest?.startedAt ?? null,
      secondsSinceSweep: seconds === undefined ? null : Math.round(seconds),
      isWorkerAlive: seconds !== undefined && seconds <= sweepSecondsMax,
      incidents,
      troubledHosts: hosts,
    };
    if (json) {
      printJson(facts);
      return;
    }
    const total = open.reduce((sum, { n }) => sum + n, 0);
    const kinds = open.map(({ kind, n }) => `${n} ${kind}`).join(", ");
    const paused = facts.paused > 0 ? `, ${facts.paused} paused` : "";
    const lines: [string, string][] = [
      ["catalog", count(facts.initiatives, "initiative")],
      ["sources", `${facts.sources}${paused}`],
      ["changes", `${total} open${kinds ? `: ${kinds}` : ""}`],
      ["runs", `${facts.openRuns} open, the last began ${when(newest?.startedAt)}`],
      ["pages", `${facts.wanted} wanted, ${facts.unread} to read`],
      ["worker", facts.isWorkerAlive ? "alive" : "none alive; `waymark work` starts one"],
      ["hosts", hosts.length === 0 ? "all may be asked" : `${hosts.length} let nobody in for now`],
      ["incidents", incidents.length === 0 ? "none open" : `${incidents.length} open`],
    ];
    for (const [word, words] of lines) {
      print(`${word.padEnd(10)} ${words}`);
      if (word !== "hosts") continue;
      for (const { id, sourceIds, closedBecause, backoffMs } of hosts) {
        const why = closedBecause
          ? `closed: ${closedBecause}`
          : `to be left alone for ${minutesText(backoffMs)} more`;
        print(`  ${id}  ${sourceIds.join(", ")}  ${why}`);
      }
    }
    for (const { sourceId, message, at } of incidents) {
      print(`  ${when(at)}  ${sourceId}  ${message}`);
    }
  });
