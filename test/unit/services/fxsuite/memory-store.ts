import { type Deal, isSameDeal } from "../../../../services/fxsuite/src/deal.js";
import type { Store } from "../../../../services/fxsuite/src/store.js";

export interface MemoryStore extends Store {
  readonly deals: Deal[];
  /** Thrown by every method while it is set. */
  fault: Error | undefined;
}

/** The books in memory: what PostgreSQL promises, without it, and what it takes for no text. */
export function memoryStore(): MemoryStore {
  const told = new Set<string>();
  const store: MemoryStore = {
    deals: [],
    fault: undefined,
    migrate: () => check(),
    ping: () => check(),
    async book(asked) {
      await check();
      const known = store.deals.find(({ id }) => id === asked.id);
      if (known) return isSameDeal(known, asked) ? { outcome: "known", deal: known } : { outcome: "taken" };
      const deal = { ...asked, bookedAt: "2026-11-24T09:00:00.000Z" };
      store.deals.push(deal);
      return { outcome: "booked", deal };
    },
    async find(wanted) {
      await check(wanted);
      return store.deals.find(({ id }) => id === wanted);
    },
    async list({ limit, after }) {
      await check(after);
      const begin = after === undefined ? 0 : store.deals.findIndex(({ id }) => id === after) + 1;
      return after !== undefined && begin === 0 ? undefined : store.deals.slice(begin, begin + limit);
    },
    async tell(send) {
      await check();
      const deals = store.deals.filter(({ id }) => !told.has(id)).slice(0, 2);
      if (deals.length > 0) await send(deals);
      // The fault may come between telling and marking.
      await check();
      for (const { id } of deals) told.add(id);
      return deals.length;
    },
    async untold() {
      await check();
      return store.deals.length - told.size;
    },
    close: () => Promise.resolve(),
  };
  const check = (id = ""): Promise<void> => {
    if (id.includes("\0")) return Promise.reject(new Error('invalid byte sequence for encoding "UTF8": 0x00'));
    return store.fault ? Promise.reject(store.fault) : Promise.resolve();
  };
  return store;
}
