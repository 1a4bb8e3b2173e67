/**
 * What people click: pages rendered on the server over the rows of the store, and the forms that decide,
 * undo, start crawls and manage accounts. Requests come in, pages and downloads go out. It owns no rule:
 * decisions go through `pipeline`, which applies those of `review`; it neither crawls nor reads pages.
 */
export { createDesk } from "./desk.ts";
export { type DeskEnv, deskEnv } from "./env.ts";
export { serveDesk } from "./serve.ts";
export { createAccessToken, createSignInLink, ensureFirstAccount } from "./sign-in.ts";
