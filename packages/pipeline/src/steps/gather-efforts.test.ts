import type { InitiativeId, MentionId } from "@waymark/domain";
import {
  findInitiative,
  listUngathered,
  openPool,
  type Pool,
  resolveCluster,
  saveGathered,
} from "@waymark/store";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../../test/setup/database.ts";
import { addToldPage, tells } from "../../test/told-pages.ts";
import { importCatalog } from "../import-catalog.ts";
import { judgePair } from "../judge-pair.ts";
import { splitEntry } from "../merge-by-hand.ts";
import { resolveEntry } from "../resolve-entry.ts";
import { gatherEfforts } from "./gather-efforts.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url, { max: 4 });
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});

async function begin(): Promise<void> {
  await db.query(
    "truncate initiative, change, decision, judgement, merge, cluster, source, host, snapshot cascade",
  );
  await importCatalog(db, [{ id: "A", name: "Quite Another Effort" }], now);
}
beforeEach(begin);

async function gather(): Promise<void> {
  const client = await db.connect();
  try {
    await client.query("begin");
    await gatherEfforts(client, now);
    await client.query("commit");
  } finally {
    client.release();
  }
}

type Row = { id: MentionId; cluster_id: string | null; component: string | null };
const rows = async (): Promise<Row[]> =>
  (await db.query("select id, cluster_id, component from mention order by id")).rows;
/** Who is with whom, whatever the clusters are called. */
const groups = async () =>
  [...Map.groupBy(await rows(), ({ cluster_id }) => cluster_id).values()]
    .map((group) => group.map(({ id }) => id))
    .sort();

test("mentions of one unseen effort are gathered, and nothing is done twice", async () => {
  await addToldPage(db, "a", tells("Open Ladder"));
  await addToldPage(db, "b", tells("The Open Ladder Initiative"));
  await addToldPage(db, "c", tells("Candle Works"));
  await gather();
  expect((await groups()).map((group) => group.length).sort()).toEqual([1, 2]);
  const before = await db.query("select xmin, * from mention order by id");
  await gather();
  expect((await db.query("select xmin, * from mention order by id")).rows).toEqual(before.rows);
});

test("only the components that are touched are compared again", async () => {
  for (const at of ["a", "b", "c"]) {
    await addToldPage(db, `ladder-${at}`, tells("Open Ladder"));
    await addToldPage(db, `candle-${at}`, tells("Candle Works"));
  }
  await gather();
  const writtenBy = async (name: string) =>
    (
      await db.query("select xmin::text from mention where mention ->> 'name' = $1 order by id", [
        name,
      ])
    ).rows;
  const untouched = await writtenBy("Candle Works");
  await addToldPage(db, "ladder-d", tells("Open Ladder"));
  await gather();
  expect(await writtenBy("Candle Works")).toEqual(untouched);
  expect((await groups()).map((group) => group.length).sort()).toEqual([3, 4]);
});

test("a mention that goes missing, or changes its words, leaves its cluster to the others", async () => {
  const id = await addToldPage(db, "a", tells("Open Ladder"));
  await addToldPage(db, "b", tells("Open Ladder"));
  await addToldPage(db, "c", tells("Open Ladder"));
  await gather();
  await db.query("update mention set missing_count = 1 where id = $1", [id]);
  await gather();
  expect((await rows()).filter(({ component }) => component !== null)).toHaveLength(2);
  await db.query(
    'update mention set missing_count = 0, regroup = true, mention = mention || \'{"name":"Candle Works"}\' where id = $1',
    [id],
  );
  await gather();
  expect((await groups()).map((group) => group.length).sort()).toEqual([1, 2]);
});

test("a mention that came before its entry finds it, once the entry is there", async () => {
  const id = await addToldPage(db, "a", tells("Open Ladder"));
  await gather();
  await importCatalog(db, [{ id: "L", name: "Open Ladder" }], now);
  await gather();
  expect((await db.query("select initiative_id from mention where id = $1", [id])).rows).toEqual([
    { initiative_id: "L" },
  ]);
});

test("a cluster that went into another leads there, and on to the entry that this became", async () => {
  const one = await addToldPage(db, "a", tells("Open Ladder"));
  const other = await addToldPage(db, "b", tells("Candle Works"));
  await gather();
  const [a, b] = (await rows()).map(({ cluster_id }) => cluster_id!);
  await judgePair(db, {
    a: { mentionId: one },
    b: { mentionId: other },
    verdict: "same",
    who: "rosa",
    now,
  });
  await gather();
  const kept = [...new Set((await rows()).map(({ cluster_id }) => cluster_id!))];
  expect(kept).toHaveLength(1);
  const gone = a === kept[0] ? b! : a!;
  expect(await resolveCluster(db, gone)).toMatchObject({ id: kept[0] });
  await db.query("update cluster set initiative_id = 'A' where id = $1", [kept[0]]);
  expect(await resolveEntry(db, gone)).toBe("A");
  expect(await findInitiative(db, gone as InitiativeId)).toBeUndefined();
});

test("what is split from an entry that a cluster became is an unseen effort of its own", async () => {
  const ids = [
    await addToldPage(db, "a", tells("Open Ladder")),
    await addToldPage(db, "b", tells("Open Ladder")),
  ];
  await gather();
  const [{ cluster_id: became }] = (await rows()) as [Row];
  await db.query("update cluster set initiative_id = 'A' where id = $1", [became]);
  await db.query("update mention set initiative_id = 'A', cluster_id = null");
  await gather();
  // The smallest mention's own id is the cluster's: it is taken.
  const [leaves] = [...ids].sort();
  await splitEntry(db, {
    id: "A" as InitiativeId,
    mentionIds: [leaves!],
    into: "unseen",
    who: "rosa",
    now,
  });
  await gather();
  const { cluster_id: own } = (await rows()).find(({ id }) => id === leaves)!;
  expect(await resolveCluster(db, own!)).toEqual({ id: own, initiativeId: undefined });
});

test("night by night or all at once, the clusters are the same", async () => {
  const names = [
    ...["Open Ladder", "The Open Ladder Initiative", "Open Ladder Phase II", "Ladder Works"],
    ...["Candle Works", "Candle Works Network", "Harbor Skills Compact", "Harbor Skills"],
  ];
  const anyMention = fc.record({
    name: fc.constantFrom(...names),
    states: fc.constantFrom<string[] | undefined>(undefined, ["OH"], ["TX"]),
    lead: fc.constantFrom(undefined, "Harbor Foundation", "Alder College"),
    night: fc.nat(2),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyMention, { minLength: 2, maxLength: 10 }),
      fc.array(
        fc.tuple(fc.nat(9), fc.nat(9), fc.constantFrom("same" as const, "different" as const)),
        {
          maxLength: 3,
        },
      ),
      async (mentions, judgements) => {
        await begin();
        const ids: MentionId[] = [];
        for (const night of [0, 1, 2]) {
          for (const [at, each] of mentions.entries()) {
            if (each.night !== night) continue;
            ids.push(
              await addToldPage(
                db,
                `p${at}`,
                tells(each.name, {
                  ...(each.states && { states: each.states }),
                  ...(each.lead && { leadOrganization: each.lead }),
                }),
              ),
            );
          }
          const [one, other, verdict] = judgements[night] ?? [];
          const [a, b] = [ids[one ?? 99], ids[other ?? 99]];
          if (a && b && a !== b)
            await judgePair(db, {
              a: { mentionId: a },
              b: { mentionId: b },
              verdict: verdict!,
              who: "rosa",
              now,
            }).catch((error) => {
              if (error.name !== "Conflict") throw error;
            });
          await gather();
        }
        const nightly = await groups();
        await db.query("update mention set cluster_id = null, component = null, regroup = true");
        await gather();
        expect(await groups()).toEqual(nightly);
      },
    ),
    { seed: 51, numRuns: 15 },
  );
}, 120_000);

test("an entry that changes while mentions are held against it is held against them again", async () => {
  const client = await db.connect();
  try {
    await client.query("begin");
    const held = await listUngathered(client);
    expect(held).toMatchObject([{ id: "A" }]);
    await db.query("update initiative set version = version + 1 where id = 'A'");
    await saveGathered(client, held);
    await client.query("commit");
    expect(await listUngathered(db)).toMatchObject([{ id: "A" }]);
  } finally {
    client.release();
  }
});
