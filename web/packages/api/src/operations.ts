import type { Session } from "./types";

/** Rights that pages and buttons ask for, as the server's document lists them. */
export type Operation = Session["operations"][number];
