/** What is between the tags of every element of that name. */
export function elements(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);
}

/** The first of them; empty when there is none. */
export function element(xml: string, name: string): string {
  return elements(xml, name)[0] ?? "";
}
