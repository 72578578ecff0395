import type { Deal, NewDeal } from "./deal.js";

/** What became of a deal that was asked for. */
export type Booking =
  | { readonly outcome: "booked" | "known"; readonly deal: Deal }
  /** Another deal has the id. */
  | { readonly outcome: "taken" };

/** Which deals to list, in the order of booking. */
export interface Page {
  readonly limit: number;
  /** Id of the last deal that is known already. */
  readonly after: string | undefined;
}

/** The books. Every method throws when the database cannot be reached. */
export interface Store {
  /** Makes what the database has not got; many programs may do so at once. */
  migrate(): Promise<void>;
  ping(): Promise<void>;
  /** Books a deal, and with it the duty to tell it, all or nothing. */
  book(deal: NewDeal): Promise<Booking>;
  find(id: string): Promise<Deal | undefined>;
  /** `undefined`: there is no deal `after`. */
  list(page: Page): Promise<readonly Deal[] | undefined>;
  /** Gives the oldest deals that are not told to `send`, then marks them; what `send` throws leaves them. @returns how many */
  tell(send: (deals: readonly Deal[]) => Promise<void>): Promise<number>;
  /** Deals that are not told yet. */
  untold(): Promise<number>;
  close(): Promise<void>;
}
