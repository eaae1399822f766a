//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// question is asked of each system that can answer it.
type question struct {
	name, title string
	graphql     string // of Lantu, about the variables $a and $b
	rows        string // where the rows stand in its answer; see find
	// cayley makes the question in Cayley's GraphQL; nil where that has no words for it.
	cayley func(s sample) string
	// sparql makes the question in SPARQL, with all rows or so many; they are the
	// variable ?row. Of trace and path it makes what the node server answers.
	sparql func(s sample, limit string) string
}

const (
	limit    = " LIMIT 20"
	maxSteps = 4 // of a shortest path
)

var questions = []question{
	{
		name: "entity", title: "an entity, 20 claims, their evidence",
		graphql: `query($a: ID!) { entity(id: $a) { id name claims(direction: OUT, first: 20) { nodes { id relation modality value object { id name }
			evidence { quote start end confidence report { title date } passage { ordinal } } } } } }`,
		rows: "data.entity.claims.nodes.*.id",
		cayley: func(s sample) string {
			return fmt.Sprintf(`{ nodes(id: <lantu:%s>) { id rows: <lantu:subject>(first: 20) @rev { id claim: <lantu:claim> } } }`, s.A)
		},
		sparql: func(s sample, limit string) string {
			return fmt.Sprintf(`SELECT ?row ?said ?report { { SELECT DISTINCT ?row { ?row <lantu:subject> <lantu:%s> }%s } GRAPH ?report { ?row <lantu:claim> ?said } }`, s.A, limit)
		},
	},
	{
		name: "page", title: "a filtered page: 20 claims of a relation that lead to an entity",
		graphql: `query($a: ID!, $b: Relation!) { claims(filter: {object: $a, relations: [$b]}, first: 20) { nodes { id modality subject { id name } evidence { quote } } pageInfo { hasNextPage endCursor } } }`,
		rows:    "data.claims.nodes.*.id",
		cayley: func(s sample) string {
			return fmt.Sprintf(`{ nodes(id: <lantu:%s>) { id rows: <lantu:%s>(first: 20) @rev { id claim: <lantu:claim> subject: <lantu:subject> } } }`, s.A, s.B)
		},
		sparql: func(s sample, limit string) string {
			return fmt.Sprintf(`SELECT ?row ?said ?subject { { SELECT DISTINCT ?row { ?row <lantu:%s> <lantu:%s> }%s } ?row <lantu:claim> ?said ; <lantu:subject> ?subject }`, s.B, s.A, limit)
		},
	},
	{
		name: "kind", title: "20 entities of a kind",
		graphql: `query($a: Kind!) { entities(filter: {kinds: [$a]}, first: 20) { nodes { id name aliases } pageInfo { hasNextPage endCursor } } }`,
		rows:    "data.entities.nodes.*.id",
		sparql: func(s sample, limit string) string {
			return fmt.Sprintf(`SELECT DISTINCT ?row { ?row <lantu:entity> ?said FILTER(CONTAINS(?said, '"kind":"%s"')) }%s`, s.A, limit)
		},
	},
	{
		name: "search", title: "a search: names that contain two characters",
		graphql: `query($a: String!) { search(query: $a, kinds: [PARK, ENTERPRISE, PROGRAM, PROJECT, PLACE, ORGANIZATION, FACILITY, EVENT, INDUSTRY, PERSON], first: 20) { nodes { node { id } match matched } } }`,
		rows:    "data.search.nodes.*.node.id",
		sparql: func(s sample, limit string) string {
			return fmt.Sprintf(`SELECT DISTINCT ?row { ?row <lantu:entity> ?said FILTER(CONTAINS(?said, %s)) }%s`, strconv.Quote(s.A), limit)
		},
	},
	{
		name: "trace", title: "a trace of up to 5 hops to 20 places",
		graphql: `query($a: ID!) { trace(from: $a, relations: [RESPONSIBLE_FOR, SUPPORTS, TARGETS, COVERS, SETTLED_IN, LOCATED_IN], maxHops: 5, first: 20) { nodes { to { id name } hops { to { id name } relation claim { id evidence { quote report { title } } } } } truncated } }`,
		rows:    "data.trace.nodes.*.to.id",
		sparql: func(s sample, limit string) string {
			most := page
			if limit == "" {
				most = math.MaxInt32
			}
			return object(map[string]any{"from": "lantu:" + s.A, "hops": 5, "most": most})
		},
	},
	{
		name: "path", title: "a shortest path of up to 4 steps",
		graphql: `query($a: ID!, $b: ID!) { paths(from: $a, to: $b, ladder: false, maxLength: 4, first: 1) { nodes { length hops { to { id name } relation claim { id evidence { quote report { title } } } } } truncated } }`,
		rows:    "data.paths.nodes.*.hops.*.to.id",
		sparql: func(s sample, _ string) string {
			return object(map[string]any{"from": "lantu:" + s.A, "to": "lantu:" + s.B, "most": maxSteps})
		},
	},
}

func object(fields map[string]any) string {
	text, err := json.Marshal(fields)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return string(text)
}

// counted asks Lantu how many rows there are, of a question whose rows are pages.
func (q *question) counted() string {
	return strings.Replace(q.graphql, "first: 20) {", "first: 20) { totalCount", 1)
}

// asking makes the question about s for a system, nil when it cannot answer.
func (q *question) asking(system *system, s sample, all bool) *asking {
	switch system.name {
	case "Lantu":
		query := q.graphql
		if all {
			query = q.counted()
		}
		body := object(map[string]any{"query": query, "variables": map[string]string{"a": s.A, "b": s.B}})
		return &asking{host: system.host, path: "/graphql", body: body, media: "application/json", ordered: true}
	case "Cayley":
		if q.cayley == nil {
			return nil
		}
		return &asking{host: system.host, path: cayleyGraphQL, body: q.cayley(s), media: "text/plain"}
	default:
		path, most := "/sparql", limit
		if q.name == "path" || q.name == "trace" {
			path = "/" + q.name
		}
		if all {
			most = ""
		}
		return &asking{host: system.host, path: path, body: q.sparql(s, most), media: "application/sparql-query"}
	}
}

// found are the rows of a system's answer, each once.
func (q *question) found(system *system, answer []byte) ([]string, error) {
	var parsed map[string]any
	if err := json.Unmarshal(answer, &parsed); err != nil {
		return nil, err
	}
	if parsed["errors"] != nil || parsed["error"] != nil {
		return nil, fmt.Errorf("%s answers %.300s", system.name, answer)
	}
	path := q.rows
	switch system.name {
	case "Cayley":
		path = "data.nodes.*.rows.*.id"
	case "Oxigraph":
		path = "results.bindings.*.row.value"
		switch q.name {
		case "path":
			path = "nodes.*"
		case "trace":
			path = "places.*"
		}
	}
	rows := find(parsed, strings.Split(path, "."))
	for i, row := range rows {
		rows[i] = strings.TrimPrefix(strings.Trim(row, "<>"), "lantu:")
	}
	slices.Sort(rows)
	return slices.Compact(rows), nil
}

// find gives the strings at the path; * stands for each of a list, or for what
// is there when it is no list.
func find(value any, path []string) []string {
	if len(path) > 0 && path[0] == "*" {
		list, ok := value.([]any)
		if !ok {
			return find(value, path[1:])
		}
		var found []string
		for _, v := range list {
			found = append(found, find(v, path[1:])...)
		}
		return found
	}
	switch v := value.(type) {
	case map[string]any:
		if len(path) > 0 {
			return find(v[path[0]], path[1:])
		}
	case []any: // what several quads say, of Cayley
		if len(v) > 0 {
			return find(v[0], path)
		}
	case string:
		return []string{v}
	case float64:
		return []string{strconv.FormatFloat(v, 'f', -1, 64)}
	}
	return nil
}

const (
	checkTime = 10 * time.Second // for a question
	fewest    = 3                // askings, however long they take
)

// check asks each system about the samples and compares the rows: they must be
// the same, or as many of them as were asked for. It returns what was asked of
// each system.
func check(ctx context.Context, q question, systems []*system, about []sample) (map[string][]*asking, error) {
	asked := map[string][]*asking{}
	begun := time.Now()
	cutOff := 0
	var first []time.Duration // that Lantu took
	var c asker
	defer c.close()
	for i, s := range about {
		if i >= fewest && time.Since(begun) > checkTime {
			break
		}
		var all []string // by Oxigraph, which has no other order than its own
		for _, system := range slices.Backward(systems) {
			ask := q.asking(system, s, false)
			if ask == nil {
				continue
			}
			started := time.Now()
			answer, err := c.ask(ctx, ask)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", ask.body, err)
			}
			if system.name == "Lantu" {
				first = append(first, time.Since(started))
			}
			rows, err := q.found(system, answer)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", ask.body, err)
			}
			ask.answer = bytes.Clone(answer)
			asked[system.name] = append(asked[system.name], ask)
			truncated := strings.Contains(string(answer), `"truncated":true`)
			if truncated {
				cutOff++
			}
			switch {
			case system.name == "Oxigraph":
				whole := q.asking(system, s, true)
				if answer, err = c.ask(ctx, whole); err != nil {
					return nil, err
				}
				if all, err = q.found(system, answer); err != nil {
					return nil, err
				}
			case len(systems) == 1 || systems[len(systems)-1].name != "Oxigraph":
			case q.name == "path":
				if !truncated && len(rows) != max(len(all)-1, 0) {
					return nil, fmt.Errorf("%v: a way of %d steps, Oxigraph finds %v", s, len(rows), all)
				}
			default:
				if err := q.compare(ctx, &c, system, s, rows, all, truncated); err != nil {
					return nil, err
				}
			}
		}
	}
	say("%s: %d askings, %d cut off, checked in %.0f s", q.name, len(asked["Lantu"]), cutOff, time.Since(begun).Seconds())
	if len(first) > 0 {
		slices.Sort(first)
		say("%s: asked for the first time, %s at the median, %s at the ninetieth percentile, %s at most",
			q.name, milliseconds(first[len(first)/2]), milliseconds(first[len(first)*9/10]), milliseconds(first[len(first)-1]))
	}
	return asked, nil
}

func (q *question) compare(ctx context.Context, c *asker, system *system, s sample, rows, all []string, truncated bool) error {
	for _, row := range rows {
		if _, ok := slices.BinarySearch(all, row); !ok {
			return fmt.Errorf("%v: %s answers %s, Oxigraph does not", s, system.name, row)
		}
	}
	if truncated || q.name == "trace" && len(all) > page { // several ways may end at one place
		return nil
	}
	if system.name == "Cayley" && len(rows) > 0 { // what two reports say it gives twice, and counts so
		return nil
	}
	if q.name != "trace" && len(rows) != min(len(all), page) {
		return fmt.Errorf("%v: %s answers %d rows of %d", s, system.name, len(rows), len(all))
	}
	if system.name != "Lantu" {
		return nil
	}
	answer, err := c.ask(ctx, q.asking(system, s, true))
	if err != nil {
		return err
	}
	var parsed map[string]any
	if err := json.Unmarshal(answer, &parsed); err != nil {
		return err
	}
	path := strings.Split(q.rows, ".")
	count := find(parsed, append(path[:slices.Index(path, "nodes")], "totalCount"))
	if len(count) != 1 || q.name != "trace" && count[0] != strconv.Itoa(len(all)) {
		return fmt.Errorf("%v: Lantu counts %v, Oxigraph %d", s, count, len(all))
	}
	return nil
}
