import pg from "pg";

/**
 * Classes of PostgreSQL's error codes that another try may not meet: connections, rights, a database or resources that
 * are not there yet, conflicts, shut down, disk. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(?:08|25006|28|3D|40|42P01|53|55|57|58)/;
/** Errors of the client that have no code. */
const CUT_OFF = /^Connection terminated|^Query read timeout$|^timeout (?:expired|exceeded)|is not queryable$/;
/** Codes of the operating system and of name look-ups, not Node's own for wrong arguments. https://nodejs.org/api/errors.html#common-system-errors */
const SYSTEM = /^E(?!RR_)/;

/** True when the database cannot be reached or cannot answer now; other faults are the program's or the request's. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return PASSING.test(error.code ?? "");
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return SYSTEM.test(code) || CUT_OFF.test(error.message);
}
