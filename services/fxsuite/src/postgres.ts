import pg from "pg";
import { type Deal, isSameDeal, type NewDeal } from "./deal.js";
import { errorText, type Log } from "./log.js";
import type { Booking, Page, Store } from "./store.js";

/** Any two numbers, the same in every program that works on this database: one makes the tables, one tells the deals. */
const LOCKS = { migrate: 8081, tell: 8082 };
const BATCH = 100;
const CONNECT_TIMEOUT_MS = 3000;
/** A server that is stopped or cut off does not answer at all. */
const QUERY_TIMEOUT_MS = 5000;

const SCHEMA = `
create table if not exists deals (
  id text primary key,
  number bigint generated always as identity unique,
  pair text not null,
  side text not null,
  amount numeric(14, 2) not null,
  rate numeric(13, 6) not null,
  booked_at timestamptz not null default now()
);
create table if not exists outbox (
  deal_id text primary key references deals,
  sent_at timestamptz
);
create index if not exists outbox_unsent on outbox (deal_id) where sent_at is null;`;

/** The books in PostgreSQL. Connections are made when needed, and again after they broke. */
export function postgresStore(connectionString: string, log: Log): Store {
  const pool = new pg.Pool({
    connectionString,
    max: 8,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: "fxsuite",
  });
  // Without a listener a connection that breaks while idle ends the program.
  pool.on("error", (error) => log("warning", "database connection lost", { error: errorText(error) }));
  return {
    migrate: () =>
      transaction({ pool, log }, async (client) => {
        await client.query("select pg_advisory_xact_lock($1)", [LOCKS.migrate]);
        await client.query(SCHEMA);
      }),
    ping: async () => void (await pool.query("select 1 from deals limit 1")),
    book: (deal) => book(pool, deal),
    find: async (id) => (await select(pool, "select * from deals where id = $1", [id]))[0],
    list: (page) => list(pool, page),
    tell: (send) => transaction({ pool, log }, (client) => tell(client, send)),
    untold: async () => {
      const { rows } = await pool.query<{ count: string }>("select count(*) from outbox where sent_at is null");
      return Number(rows[0]?.count ?? 0);
    },
    close: () => pool.end(),
  };
}

/** One statement, so that deal and outbox are written both or neither. */
async function book(pool: pg.Pool, asked: NewDeal): Promise<Booking> {
  const { id, pair, side, amount, rate } = asked;
  const [booked] = await select(
    pool,
    `with booked as (
       insert into deals (id, pair, side, amount, rate) values ($1, $2, $3, $4, $5)
       on conflict (id) do nothing returning *
     ), duty as (insert into outbox (deal_id) select id from booked)
     select * from booked`,
    [id, pair, side, amount, rate],
  );
  if (booked) return { outcome: "booked", deal: booked };
  const [known] = await select(pool, "select * from deals where id = $1", [id]);
  return known && isSameDeal(known, asked) ? { outcome: "known", deal: known } : { outcome: "taken" };
}

async function list(pool: pg.Pool, { limit, after }: Page): Promise<readonly Deal[] | undefined> {
  let number = "0";
  if (after !== undefined) {
    const { rows } = await pool.query<{ number: string }>("select number from deals where id = $1", [after]);
    if (!rows[0]) return undefined;
    number = rows[0].number;
  }
  return select(pool, "select * from deals where number > $1 order by number limit $2", [number, limit]);
}

async function tell(client: pg.PoolClient, send: (deals: readonly Deal[]) => Promise<void>): Promise<number> {
  // Of several pods one tells, so that deals keep their order; the lock goes with the transaction, however it ends.
  const lock = await client.query<{ mine: boolean }>("select pg_try_advisory_xact_lock($1) as mine", [LOCKS.tell]);
  if (lock.rows[0]?.mine !== true) return 0;
  const deals = await select(
    client,
    "select deals.* from outbox join deals on id = deal_id where sent_at is null order by number limit $1",
    [BATCH],
  );
  if (deals.length === 0) return 0;
  await send(deals);
  await client.query("update outbox set sent_at = now() where deal_id = any($1)", [deals.map(({ id }) => id)]);
  return deals.length;
}

async function transaction<T>(
  { pool, log }: { readonly pool: pg.Pool; readonly log: Log },
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // It may break while none of its queries runs: that is told by the next one, but without a listener it ends the program.
  const broken = (error: Error): void => log("warning", "database connection lost", { error: errorText(error) });
  client.on("error", broken);
  let failed = true;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    failed = false;
    return result;
  } finally {
    // After a fault the connection's state is not known: it is closed, which rolls back.
    client.release(failed);
    client.off("error", broken);
  }
}

interface Row extends Omit<Deal, "amount" | "rate" | "bookedAt"> {
  readonly amount: string;
  readonly rate: string;
  readonly booked_at: Date;
}

async function select(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly (string | number)[],
): Promise<readonly Deal[]> {
  const { rows } = await on.query<Row>(text, [...values]);
  return rows.map(({ id, pair, side, amount, rate, booked_at }) => ({
    id,
    pair,
    side,
    amount: Number(amount),
    rate: Number(rate),
    bookedAt: booked_at.toISOString(),
  }));
}
