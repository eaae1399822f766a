// Package graph keeps what reports say as quads in Cayley and reads it back.
//
// A [Store] takes in whole readings ([Store.Put] is a schema.Sink) and serves
// entities, claims, observations, mentions, passages and reports in batches.
//
// # The quads
//
// Every quad carries the report that says it as its label: a report is a named
// graph. Removing a report deletes its graph; what another report says too
// stands in that report's graph and remains. Reading merges over the labels.
//
//	subject      predicate          object
//	report       lantu:in           lantu:reports
//	report       lantu:report       {schema.Report}
//	report       lantu:sections     [schema.Section, …]
//	report       lantu:contents     {ids of all it says, by kind and relation, and outlines}
//	report       lantu:digest       "SHA-256 of the report's quads"
//	passage      lantu:passage      {ordinal, line, section, heading, text}
//	passage      lantu:facts        {schema.Facts}
//	entity       lantu:entity       {kind, name, aliases, scope, level, code}
//	entity       lantu:parent       place
//	entity       lantu:mentions     [spot, …]
//	claim        lantu:subject      entity
//	claim        lantu:SETTLED_IN…  entity (the relation is the predicate)
//	claim        lantu:claim        {relation, value, modality, period, [spot, …]}
//	observation  lantu:about        entity
//	observation  lantu:observation  {measure, value, …, [spot, …]}
//
// Nodes are IRIs that hold an id of package schema; what stands in braces is
// one JSON literal. A spot is a piece of evidence in short: passage ordinal,
// start, end, rule and confidence. Its report is the quad's label and its quote
// is read from the passage's text, so neither is kept twice.
//
// Cayley keeps one posting list for each index key and rewrites it whenever it
// grows. Therefore no quad points at a node that every report would point at,
// such as a class, a status or a modality: those stand inside the literals. The
// one exception is lantu:reports, which grows by four bytes a report.
package graph
