// Holds every import of the packages against the shape of the house: which package may use which, where a
// library lives, what the pure packages never see, and that no file imports itself in a circle.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const arrows = {
  domain: [],
  normalize: ["domain"],
  extract: ["domain", "normalize"],
  match: ["domain", "normalize"],
  review: ["domain"],
  crawl: ["domain"],
  store: ["domain"],
  pipeline: ["domain", "normalize", "extract", "match", "review", "crawl", "store"],
  desk: ["domain", "review", "store", "pipeline"],
  cli: ["domain", "store", "pipeline", "desk", "example-web"],
};

/** A library has one home; pg's pool and types are handed to the queue as well. */
const homes = {
  htmlparser2: ["extract"],
  cheerio: ["extract"],
  domhandler: ["extract"],
  "playwright-core": ["crawl"],
  undici: ["crawl"],
  pg: ["store", "pipeline"],
  bullmq: ["pipeline"],
  ioredis: ["pipeline"],
  hono: ["desk"],
  commander: ["cli"],
};

const pure = ["domain", "normalize", "extract", "match", "review"];
const pureModules = [
  "node:buffer",
  "node:crypto",
  "node:path",
  "node:url",
  "node:util",
  "node:zlib",
];
const chance =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bTemporal\.Now\b/;
const environment = /\bprocess\s*(\.env\b|\[\s*["']env["']\s*\])/;
const environmentFiles = ["config.ts", "env.ts"];

/** Every sentence there is to say about the imports of one package's files: `{ path, text }[]`. */
export function checkFiles(name, files, manifest, exportsOf) {
  const said = [];
  for (const { path, text } of files) {
    const say = (words) => said.push(`packages/${name}/src/${path}: ${words}`);
    const isTest = /\.test\.ts$/.test(path);
    const code = withoutComments(text);
    for (const wanted of importsOf(code)) {
      if (wanted.startsWith(".")) checkOwn(path, wanted, isTest, say);
      else if (wanted.startsWith("@waymark/"))
        checkArrow(name, wanted, isTest, manifest, exportsOf, say);
      else checkLibrary(name, wanted, isTest, manifest, say);
    }
    if (isTest) continue;
    if (pure.includes(name) && chance.test(code))
      say("a pure package is given the time and chance, it does not look them up");
    if (environment.test(code) && !environmentFiles.includes(basename(path))) {
      say("the environment is read in config.ts or env.ts alone");
    }
  }
  for (const circle of findCircles(files)) {
    said.push(`packages/${name}/src/${circle[0]}: imports in a circle: ${circle.join(" → ")}`);
  }
  return said;
}

function checkOwn(path, wanted, isTest, say) {
  const target = join("src", dirname(path), wanted);
  if (isTest && target.includes(join("test", "setup"))) return;
  if (target.startsWith("..")) say(`${wanted} leaves the package; import the package that owns it`);
  if (!/\.\w+$/.test(basename(wanted))) say(`${wanted} has no extension`);
}

function checkArrow(name, wanted, isTest, manifest, exportsOf, say) {
  const [, target, ...inner] = wanted.split("/");
  if (target === name && isTest) return;
  if (!arrows[name].includes(target)) say(`${name} does not use ${target}: there is no such arrow`);
  else if (!(wanted.split("/").slice(0, 2).join("/") in dependenciesOf(manifest))) {
    say(`${wanted} is not in the package's dependencies`);
  }
  const door = inner.length === 0 ? "." : `./${inner.join("/")}`;
  if (!exportsOf(target).includes(door)) say(`${wanted} is an inner file of another package`);
  if (name === "desk" && wanted === "@waymark/pipeline/worker")
    say("desk uses the first door of pipeline only");
}

function checkLibrary(name, wanted, isTest, manifest, say) {
  const library = wanted
    .split("/")
    .slice(0, wanted.startsWith("@") ? 2 : 1)
    .join("/");
  if (library.startsWith("node:")) {
    if (!isTest && pure.includes(name) && !pureModules.includes(library)) {
      say(`${wanted} is input and output, and ${name} has none`);
    }
    return;
  }
  if (isTest) return;
  if (!(library in dependenciesOf(manifest))) say(`${wanted} is not in the package's dependencies`);
  const allowed = homes[library];
  if (allowed && !allowed.includes(name)) say(`${wanted} lives in ${allowed.join(" and ")}`);
}

const dependenciesOf = (manifest) => ({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
});

/** What a file imports, whichever way; type imports too, since an arrow of types is an arrow. */
export function importsOf(code) {
  const found = [
    ...code.matchAll(/^\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm),
    ...code.matchAll(/^\s*import\s*["']([^"']+)["']/gm),
    ...code.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g),
  ];
  return [...new Set(found.map((match) => match[1]))];
}

/** Circles of imports that exist at run time; those of types do no harm. */
function findCircles(files) {
  const edges = new Map(
    files.map(({ path, text }) => {
      const code = withoutComments(text).replaceAll(/^\s*(?:import|export)\s+type\b[^;]*;/gm, "");
      const own = importsOf(code).filter((wanted) => wanted.startsWith("."));
      return [path, own.map((wanted) => join(dirname(path), wanted).split(sep).join("/"))];
    }),
  );
  const circles = [];
  const finished = new Set();
  const walk = (path, trail) => {
    const at = trail.indexOf(path);
    if (at >= 0) circles.push([...trail.slice(at), path]);
    if (at >= 0 || finished.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return circles;
}

/** Comments tell of imports and clocks too. Only whole-line ones are taken out: `//` is part of every address. */
function withoutComments(text) {
  return text.replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function checkPackages() {
  const folderOf = (name) =>
    name === "example-web" ? join(root, "test/web") : join(root, "packages", name);
  const exportsOf = (name) => Object.keys(readManifest(folderOf(name)).exports ?? {});
  return Object.keys(arrows).flatMap((name) => {
    const source = join(folderOf(name), "src");
    const files = readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => resolve(entry.parentPath, entry.name))
      .map((path) => ({
        path: relative(source, path).split(sep).join("/"),
        text: readFileSync(path, "utf8"),
      }));
    const manifest = readManifest(folderOf(name));
    const declared = Object.keys(dependenciesOf(manifest))
      .filter((each) => each.startsWith("@waymark/"))
      .map((each) => each.split("/")[1]);
    return [
      ...declared
        .filter((target) => !arrows[name].includes(target))
        .map(
          (target) =>
            `packages/${name}/package.json: ${name} does not use ${target}: there is no such arrow`,
        ),
      ...checkFiles(name, files, manifest, exportsOf),
    ];
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const said = checkPackages();
  for (const sentence of said) console.log(sentence);
  if (said.length === 0) console.log("every import follows an arrow");
  process.exitCode = said.length === 0 ? 0 : 1;
}
