// Answers SPARQL over HTTP from the N-Quads of a file:
//   POST /sparql  a query; answers with SPARQL's JSON
//   POST /path    {"from", "to", "most"}: SPARQL finds no shortest ways, so this
//                 looks around from both ends, one query a step
//   POST /trace   {"from", "hops", "most"}: the places that ways of the hops
//                 reach, one query a step and stage; as one query of property
//                 paths it takes minutes
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import oxigraph from "oxigraph";

const [file, port] = process.argv.slice(2);
const store = new oxigraph.Store();
const options = { use_default_graph_as_union: true };

let lines = [];
const load = () => {
  store.load(lines.join("\n"), { format: "application/n-quads", lenient: true, no_transaction: true });
  lines = [];
};
for await (const line of createInterface({ input: createReadStream(file) })) {
  if (lines.push(line) === 50_000) load();
}
load();

function around(nodes) {
  const query = `SELECT DISTINCT ?a ?b { VALUES ?a { ${nodes.map((n) => `<${n}>`).join(" ")} }
    { ?c <lantu:subject> ?a ; ?p ?b . FILTER(?p != <lantu:subject> && isIRI(?b)) }
    UNION { ?c ?p ?a ; <lantu:subject> ?b . FILTER(?p != <lantu:subject>) } }`;
  return store.query(query, options).map((row) => [row.get("a").value, row.get("b").value]);
}

function path({ from, to, most }) {
  const seen = [new Map([[from, null]]), new Map([[to, null]])];
  const edges = [[from], [to]];
  for (let length = 1; length <= most; length++) {
    const side = edges[1].length < edges[0].length ? 1 : 0;
    const next = [];
    for (const [a, b] of edges[side].length ? around(edges[side]) : []) {
      if (seen[side].has(b)) continue;
      seen[side].set(b, a);
      next.push(b);
    }
    edges[side] = next;
    const middle = next.find((n) => seen[1 - side].has(n));
    if (middle) {
      const way = [];
      for (let n = middle; n; n = seen[0].get(n)) way.unshift(n);
      for (let n = seen[1].get(middle); n; n = seen[1].get(n)) way.push(n);
      return { nodes: way };
    }
  }
  return { nodes: [] };
}

const doing = `{ ?c <lantu:subject> ?a ; <lantu:RESPONSIBLE_FOR>|<lantu:SUPPORTS> ?b } UNION { ?c <lantu:TARGETS> ?a ; <lantu:subject> ?b }`;
const standing = `{ ?c <lantu:subject> ?a ; <lantu:COVERS>|<lantu:SETTLED_IN>|<lantu:LOCATED_IN> ?b } UNION { ?a <lantu:parent> ?b }`;

function step(nodes, pattern) {
  if (nodes.length === 0) return [];
  const query = `SELECT DISTINCT ?b { VALUES ?a { ${nodes.map((n) => `<${n}>`).join(" ")} } ${pattern} }`;
  return store.query(query, options).map((row) => row.get("b").value);
}

function trace({ from, hops, most }) {
  const done = new Set([from]);
  const stood = new Set();
  let does = [from];
  let stands = [];
  for (let hop = 0; hop < hops; hop++) {
    const next = step([...does, ...stands], standing).filter((n) => !stood.has(n) && stood.add(n));
    does = step(does, doing).filter((n) => !done.has(n) && done.add(n));
    stands = next;
  }
  stood.delete(from);
  return { places: [...stood].filter((n) => n.startsWith("lantu:place-")).slice(0, most) };
}

const answers = { "/path": path, "/trace": trace };

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    try {
      const body = Buffer.concat(parts).toString();
      const answer = answers[request.url];
      const text = answer ? JSON.stringify(answer(JSON.parse(body))) : store.query(body, { ...options, results_format: "json" });
      response.writeHead(200, { "Content-Type": "application/json" }).end(text);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(Number(port), "127.0.0.1");
