import { type Command, InvalidArgumentError } from "commander";
import { proposeRecipe, relocateRecipe, testRecipe } from "../draft-recipe.ts";
import { acceptShape, keepRecipe, showRecipe } from "../keep-recipe.ts";

export function addRecipe(program: Command): void {
  const recipe = program
    .command("recipe")
    .summary("how a source's pages are read in its own way")
    .description(
      "A recipe says where a source's pages have their efforts and each field of them: data, not code. What it does " +
        "not name the general readers fill in, and where it finds nothing they read the page.",
    );
  recipe
    .command("propose")
    .argument("<file-or-url>", "a saved page, or an address")
    .summary("draft a recipe from a page that lists efforts")
    .description(
      "Finds the list of efforts on a page, drafts the recipe that reads it, and prints what it reads.",
    )
    .option("--source <id>", "take the page as it is stored for this source, without the web")
    .option("--url <url>", "the address a saved page came from; by default what it calls canonical")
    .option("--out <file>", "write the recipe to a file")
    .option("--json", "print the recipe alone")
    .addHelpText("after", whatItHolds)
    .action(proposeRecipe);
  recipe
    .command("test")
    .argument("[recipe]", "a JSON file; by default the recipe of --source that holds")
    .argument("[page...]", "saved pages or addresses; by default the stored pages of --source")
    .summary(
      "try a recipe on pages: what it reads, and what it reads otherwise than the general readers",
    )
    .option("--source <id>", "whose stored pages are read")
    .option("--url <url>", "the address that one saved page came from")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark recipe test programs.json --source lumina")
    .action(testRecipe);
  recipe
    .command("show")
    .argument("[source]")
    .summary(
      "the recipe of a source, its versions, and how full its last runs were; or all recipes",
    )
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark recipe show lumina")
    .action(showRecipe);
  recipe
    .command("set")
    .argument("<source>")
    .argument("[file]", "a JSON file")
    .summary("give a source a recipe, or an earlier version of it back")
    .description(
      "Tries the recipe on the stored pages, keeps it as a new version and has the pages read again, without the web. " +
        "Every version is kept: --to makes an earlier one hold again, --none takes the recipe away.",
    )
    .option("--to <n>", "the version that is to hold again", wholeNumber)
    .option("--none", "read the source without a recipe")
    .option("--note <text>", "why")
    .option("--as <name>", "in whose name", "operator")
    .addHelpText(
      "after",
      "\nExample:\n  waymark recipe set lumina programs.json\n  waymark recipe set lumina --to 1",
    )
    .action(keepRecipe);
  recipe
    .command("relocate")
    .argument("<source>")
    .summary("find what lost selectors found again, as a new version for a person to look at")
    .option("--out <file>", "write the proposed recipe to a file")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark recipe relocate lumina --out programs-2.json")
    .action(relocateRecipe);
  recipe
    .command("accept")
    .argument("<source>")
    .summary("take the new shape of a source whose run was held back")
    .option("--as <name>", "in whose name", "operator")
    .addHelpText("after", "\nExample:\n  waymark recipe accept lumina")
    .action(acceptShape);
}

const whatItHolds = `
What a recipe holds:
  {
    "match": ["/programs", "/grants/*"],
    "item": "li.card",
    "itemExtent": "element",
    "fields": {
      "name": {"selectors": ["h3 > a", "h3"], "required": true},
      "leadOrganization": {"selectors": ["p.by"], "transforms": [{"after": "Run by"}]}
    },
    "expectations": {"recordsMin": 10}
  }
  match         patterns of addresses, * for anything; absent: every page of the source
  item          what selects an entry; absent: the page itself tells of one effort
  itemExtent    until-next: an entry goes on behind its element, up to the next one
  fields        name, aliases, acronym, url, description, leadOrganization, funders, partners, states,
                start, end, status; of its selectors the first that finds a value counts
  transforms    {"attribute": "title"}, {"after": "Run by"}, {"before": "("}, {"split": ";"}
  expectations  the fewest efforts the source tells of

Example:
  waymark recipe propose https://www.example.org/programs --out programs.json`;

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("write a number from 1.");
  return Number(text);
}
