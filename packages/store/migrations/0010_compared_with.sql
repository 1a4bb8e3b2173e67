-- What the entries were last compared with: another model, or other costs of mistakes, and all are due again.

-- Up Migration

alter table upkeep add column compared_with text;
