import { gunzipSync, gzipSync } from "node:zlib";

const BLOCK = 512;
/** Fields of a header. https://www.gnu.org/software/tar/manual/html_node/Standard.html */
const NAME = { at: 0, length: 100 };
const SIZE = { at: 124, length: 12 };
const CHECKSUM = { at: 148, length: 8 };
const TYPE = 156;
const FILE_TYPES = ["0", "\0"];

/** The packed archive (`.tgz`) with what `change` makes of each file. */
export function changeArchive(packed: Buffer, change: (name: string, content: Buffer) => Buffer): Buffer {
  const archive = gunzipSync(packed);
  const parts: Buffer[] = [];
  let at = 0;
  while (at + BLOCK <= archive.length) {
    const header = archive.subarray(at, at + BLOCK);
    const size = Number.parseInt(field(header, SIZE), 8) || 0;
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    const isFile = size > 0 && FILE_TYPES.includes(String.fromCharCode(header[TYPE] ?? 0));
    const changed = isFile ? change(field(header, NAME), content) : content;
    parts.push(withSize(header, changed.length), changed, Buffer.alloc(padding(changed.length)));
    at += BLOCK + size + padding(size);
  }
  return gzipSync(Buffer.concat(parts), { level: 1 });
}

function field(header: Buffer, { at, length }: typeof NAME): string {
  return (header.toString("latin1", at, at + length).split("\0")[0] ?? "").trim();
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** The checksum is the sum of the header's bytes, with spaces in its own place. */
function withSize(header: Buffer, size: number): Buffer {
  // The blocks of zeros at the end are no headers.
  if (header.every((byte) => byte === 0)) return header;
  const made = Buffer.from(header);
  made.write(`${size.toString(8).padStart(SIZE.length - 1, "0")}\0`, SIZE.at, "latin1");
  made.fill(" ", CHECKSUM.at, CHECKSUM.at + CHECKSUM.length);
  const sum = made.reduce((total, byte) => total + byte, 0);
  made.write(`${sum.toString(8).padStart(6, "0")}\0 `, CHECKSUM.at, "latin1");
  return made;
}
