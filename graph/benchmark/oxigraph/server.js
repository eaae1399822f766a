// Answers SPARQL over HTTP from the N-Quads of a file:
//   POST /sparql  a query; answers with SPARQL's JSON
//   POST /path    {"from", "to", "most"}: SPARQL finds no shortest ways, so this
//                 looks around from both ends, one query a step
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

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    try {
      const body = Buffer.concat(parts).toString();
      const answer = request.url === "/path" ? JSON.stringify(path(JSON.parse(body))) : store.query(body, { ...options, results_format: "json" });
      response.writeHead(200, { "Content-Type": "application/json" }).end(answer);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(Number(port), "127.0.0.1");
