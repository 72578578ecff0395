import { join } from "node:path";
import { program } from "../scratch.js";

/** What a fake apt-get prints for each of its verbs; an entry with an error makes it fail. */
export interface FakeApt {
  readonly update?: { readonly stderr: string };
  /** Lines `Inst …` of a simulated installation. */
  readonly simulate?: string;
  readonly error?: { readonly verb: string; readonly stderr: string };
}

/**
 * Puts an `apt-get` into a folder of PATH; it writes down how it was called, and "downloads" files of three bytes. When
 * it fails at that, it leaves two bytes under the first file's own name, as apt-get does when it is stopped.
 */
export function fakeApt(bin: string, { update = { stderr: "" }, simulate = "", error }: FakeApt = {}): string {
  const calls = join(bin, "calls");
  const body = `shift 2
echo "$*" >> '${calls}'
verb=$1
for word in "$@"; do case $word in update|install|download) verb=$word;; esac; done
fail() { printf '%s' "${error?.stderr ?? ""}" >&2; exit 100; }
case $verb in ${error?.verb === "download" ? "nothing" : (error?.verb ?? "nothing")}) fail;; esac
case $verb in
update) printf '%s' "${update.stderr}" >&2;;
install) printf '%s' "${simulate}";;
download) shift 3; for one in "$@"; do name=\${one%%=*}; file="\${name%%:*}_$(echo "\${one#*=}" | sed s/:/%3a/g)_$(case $name in *:*) echo \${name#*:};; *) echo all;; esac).deb"
${error?.verb === "download" ? "printf de > $file; fail" : ""}
printf deb > "$file"; done;;
esac`;
  program(join(bin, "apt-get"), body);
  return calls;
}
