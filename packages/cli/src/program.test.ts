import type { Command } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "./program.ts";

test("every command tells what it does, with an example", () => {
  const commands = listLeaves(createProgram());
  expect(commands.length).toBeGreaterThan(25);
  for (const command of commands) {
    let help = "";
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    command.outputHelp();
    expect(command.summary(), command.name()).not.toBe("");
    expect(help, command.name()).toMatch(/\nExamples?:\n/);
  }
});

const listLeaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(listLeaves);
