package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// reader reads one snapshot.
type reader struct {
	ctx   context.Context
	store *Store // nil within a write, which must not meet the cache
	snap  *snapshot
	names map[cayley.Ref]quad.Value
}

func newReader(ctx context.Context, s *Store, snap *snapshot) *reader {
	return &reader{ctx: ctx, store: s, snap: snap, names: make(map[cayley.Ref]quad.Value)}
}

// view runs f on one state of the graph, as one round trip of the method.
func (s *Store) view(ctx context.Context, method string, f func(*reader) error) error {
	done, err := s.use(ctx)
	if err != nil {
		return err
	}
	defer done()
	s.counts.read(method)
	if err := s.backend.view(func(snap *snapshot) error { return f(newReader(ctx, s, snap)) }); err != nil {
		return fmt.Errorf("read %s: %w", method, err)
	}
	return nil
}

// statement is a quad in words.
type statement struct {
	subject, predicate, object, label string
}

func (st *statement) decode(v any) error {
	if err := json.Unmarshal([]byte(st.object), v); err != nil {
		return fmt.Errorf("%w: %s of %s: %w", ErrDamaged, st.predicate, st.subject, err)
	}
	return nil
}

// out gives for each id the statements about it with one of the predicates, or
// with any when none is named, in the order of their labels.
func (r *reader) out(ids []string, predicates ...quad.IRI) ([][]statement, error) {
	return r.statements(quad.Subject, ids, predicates, nil)
}

// in gives for each id the statements with the predicates that point at it.
func (r *reader) in(ids []string, predicates ...quad.IRI) ([][]statement, error) {
	return r.statements(quad.Object, ids, predicates, nil)
}

// statements gives for each id those with the id at direction d and one of the
// predicates, of some reports only unless these are nil. However many there are, it
// resolves names in two batches, and none of what other reports say.
func (r *reader) statements(d quad.Direction, ids []string, predicates []quad.IRI, reports []string) ([][]statement, error) {
	nodes := make([]quad.Value, 0, len(ids)+len(predicates)+len(reports))
	for _, id := range ids {
		nodes = append(nodes, quad.IRI(id))
	}
	for _, p := range predicates {
		nodes = append(nodes, p)
	}
	for _, id := range reports {
		nodes = append(nodes, quad.IRI(id))
	}
	refs, err := r.snap.refs(r.ctx, nodes)
	if err != nil {
		return nil, err
	}
	for i, ref := range refs {
		if ref != nil {
			r.names[ref] = nodes[i]
		}
	}
	wanted := make(map[cayley.Ref]bool, len(reports))
	for _, ref := range refs[len(ids)+len(predicates):] {
		wanted[ref] = true
	}
	preds := refs[len(ids) : len(ids)+len(predicates)]
	if len(predicates) == 0 {
		preds = []cayley.Ref{nil}
	} else {
		preds = slices.DeleteFunc(preds, func(ref cayley.Ref) bool { return ref == nil })
	}
	quads := make([][]cayley.Ref, len(ids))
	for i := range ids {
		if refs[i] == nil {
			continue
		}
		for _, pred := range preds {
			found, err := r.snap.quads(r.ctx, d, refs[i], pred)
			if err != nil {
				return nil, err
			}
			if reports != nil {
				found = slices.DeleteFunc(found, func(q cayley.Ref) bool { return !wanted[r.snap.qs.QuadDirection(q, quad.Label)] })
			}
			quads[i] = append(quads[i], found...)
		}
	}
	if err := r.name(quads...); err != nil {
		return nil, err
	}
	out := make([][]statement, len(ids))
	for i, found := range quads {
		for _, q := range found {
			var parts [4]string
			for j, dir := range quad.Directions {
				name := r.names[r.snap.qs.QuadDirection(q, dir)]
				if name == nil {
					return nil, fmt.Errorf("%w: a quad of %s has no %s", ErrDamaged, ids[i], dir)
				}
				parts[j] = plain(name)
			}
			out[i] = append(out[i], statement{parts[0], parts[1], parts[2], parts[3]})
		}
		slices.SortFunc(out[i], func(a, b statement) int {
			return cmp.Or(cmp.Compare(a.label, b.label), cmp.Compare(a.subject, b.subject), cmp.Compare(a.object, b.object))
		})
	}
	return out, nil
}

// name resolves the names of the nodes of quads, all at once.
func (r *reader) name(quads ...[]cayley.Ref) error {
	var unnamed []cayley.Ref
	for _, list := range quads {
		for _, q := range list {
			for _, dir := range quad.Directions {
				ref := r.snap.qs.QuadDirection(q, dir)
				if _, ok := r.names[ref]; !ok && ref != nil {
					r.names[ref] = nil
					unnamed = append(unnamed, ref)
				}
			}
		}
	}
	values, err := cayley.ValuesOf(r.ctx, r.snap.qs, unnamed)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	for i, ref := range unnamed {
		r.names[ref] = values[i]
	}
	return nil
}

// entityLists are what the cache keeps of entities beside themselves.
var entityLists = append([]quad.IRI{hasSubject, anyRelation, isAbout, hasParent, hasMentions}, relationPredicates...)

// anyRelation stands for all relations, in the cache.
const anyRelation quad.IRI = "any relation"

// read answers from the cache, without asking the backend where all is there,
// and loads the rest in one batch. A nil pointer stands for what is not in the
// graph.
func read[T any](ctx context.Context, s *Store, method string, of quad.IRI, ids []string, load func(*reader, []string) ([]*T, error)) ([]*T, error) {
	done, err := s.use(ctx)
	if err != nil {
		return nil, err
	}
	found, missing := remembered[T](s, s.cache.newest(), of, ids)
	done()
	if len(missing) == 0 {
		s.counts.read(method)
		s.counts.hits.Add(uint64(len(ids)))
		return found, nil
	}
	err = s.view(ctx, method, func(r *reader) error {
		found, err = cached(r, of, ids, load)
		return err
	})
	return found, err
}

// remembered gives what the cache has of a version, and where the rest belongs.
func remembered[T any](s *Store, version uint64, of quad.IRI, ids []string) (found []*T, missing []int) {
	found = make([]*T, len(ids))
	take := func(i int, v any) {
		if v == nil {
			missing = append(missing, i)
			return
		}
		found[i], _ = v.(*T) // nil for the id of something else
	}
	if !s.cache.get(version, of, ids, take) {
		for i := range ids {
			missing = append(missing, i)
		}
	}
	return found, missing
}

// cached answers from the cache and loads the rest, in one batch.
func cached[T any](r *reader, of quad.IRI, ids []string, load func(*reader, []string) ([]*T, error)) ([]*T, error) {
	if r.store == nil {
		return load(r, ids)
	}
	found, missing := remembered[T](r.store, r.snap.version, of, ids)
	at := make(map[string][]int, len(missing))
	var wanted []string
	for _, i := range missing {
		if at[ids[i]] == nil {
			wanted = append(wanted, ids[i])
		}
		at[ids[i]] = append(at[ids[i]], i)
	}
	r.store.counts.hits.Add(uint64(len(ids) - len(wanted)))
	r.store.counts.misses.Add(uint64(len(wanted)))
	if len(wanted) == 0 {
		return found, nil
	}
	loaded, err := load(r, wanted)
	if err != nil {
		return nil, err
	}
	for i, id := range wanted {
		if loaded[i] == nil {
			continue
		}
		r.store.cache.add(r.snap.version, cacheKey{of, id}, loaded[i])
		for _, j := range at[id] {
			found[j] = loaded[i]
		}
	}
	return found, nil
}

// lists gives what pointers point at, nil where there is none.
func lists[T any](pointers []*[]T, err error) ([][]T, error) {
	if err != nil {
		return nil, err
	}
	values := make([][]T, len(pointers))
	for i, p := range pointers {
		if p != nil {
			values[i] = *p
		}
	}
	return values, nil
}

// Version counts the writes that have changed the graph.
func (s *Store) Version(ctx context.Context) (uint64, error) {
	done, err := s.use(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	s.counts.read("Version")
	return s.cache.newest(), nil
}

// Entities gives the entity of each id, nil where there is none.
func (s *Store) Entities(ctx context.Context, ids []string) ([]*schema.Entity, error) {
	return read(ctx, s, "Entities", "", ids, loadEntities)
}

// loadEntities merges what the reports say: the longest name counts, of a label the
// label, and the others become aliases; of the rest, the first report by id that says it.
func loadEntities(r *reader, ids []string) ([]*schema.Entity, error) {
	said, err := r.out(ids, hasEntity, hasParent)
	if err != nil {
		return nil, err
	}
	found := make([]*schema.Entity, len(ids))
	for i, id := range ids {
		if len(said[i]) == 0 {
			continue
		}
		e := &schema.Entity{ID: id}
		var names []string
		for _, st := range said[i] {
			if st.predicate == string(hasParent) {
				e.ParentID = cmp.Or(e.ParentID, st.object)
				continue
			}
			var lit entityLiteral
			if err := st.decode(&lit); err != nil {
				return nil, err
			}
			e.Kind = cmp.Or(e.Kind, lit.Kind)
			e.Scope = cmp.Or(e.Scope, lit.Scope)
			e.Level = cmp.Or(e.Level, lit.Level)
			e.Code = cmp.Or(e.Code, lit.Code)
			if a, b := utf8.RuneCountInString(lit.Name), utf8.RuneCountInString(e.Name); a > b || a == b && lit.Name < e.Name {
				e.Name = lit.Name
			}
			names = append(append(names, lit.Name), lit.Aliases...)
		}
		e.Name = schema.KnownName(e.Kind, e.Name, names)
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			if name != e.Name {
				e.Aliases = append(e.Aliases, name)
			}
		}
		found[i] = e
	}
	return found, nil
}

// Claims gives the claim of each id, nil where there is none.
func (s *Store) Claims(ctx context.Context, ids []string) ([]*schema.Claim, error) {
	return read(ctx, s, "Claims", "", ids, loadClaims)
}

func loadClaims(r *reader, ids []string) ([]*schema.Claim, error) {
	return loadFacts(r, ids, &claims)
}

// Observations gives the observation of each id, nil where there is none.
func (s *Store) Observations(ctx context.Context, ids []string) ([]*schema.Observation, error) {
	return read(ctx, s, "Observations", "", ids, loadObservations)
}

func loadObservations(r *reader, ids []string) ([]*schema.Observation, error) {
	return loadFacts(r, ids, &observations)
}

// quotes fills in the quotes of evidence, reading each passage once.
type quotes struct {
	wanted [][]schema.Evidence
}

func newQuotes() *quotes { return &quotes{} }

// append adds the spots of one report to a list of evidence.
func (*quotes) append(list []schema.Evidence, reportID string, spots []spot) []schema.Evidence {
	for _, s := range spots {
		list = append(list, schema.Evidence{ReportID: reportID, PassageID: schema.PassageID(reportID, s.Passage),
			Span: schema.Span{Start: s.Start, End: s.End}, Rule: s.Rule, Confidence: s.Confidence})
	}
	return list
}

func (q *quotes) want(list []schema.Evidence) { q.wanted = append(q.wanted, list) }

func (q *quotes) fill(r *reader) error {
	texts := make(passageTexts)
	var ids []string
	for _, list := range q.wanted {
		for _, e := range list {
			if _, ok := texts[e.PassageID]; !ok {
				texts[e.PassageID] = nil
				ids = append(ids, e.PassageID)
			}
		}
	}
	passages, err := cached(r, "", ids, loadPassages)
	if err != nil {
		return err
	}
	for i, p := range passages {
		if p == nil {
			return fmt.Errorf("%w: %s is not there", ErrDamaged, ids[i])
		}
		texts[p.ID] = []rune(p.Text)
	}
	for _, list := range q.wanted {
		for i := range list {
			if err := texts.quote(&list[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// passageTexts are the code points of passages by their ids.
type passageTexts map[string][]rune

// quote fills in the quote of evidence.
func (texts passageTexts) quote(e *schema.Evidence) error {
	text := texts[e.PassageID]
	if e.Span.Start < 0 || e.Span.Start > e.Span.End || e.Span.End > len(text) {
		return fmt.Errorf("%w: %s has %d code points, no span %d to %d", ErrDamaged, e.PassageID, len(text), e.Span.Start, e.Span.End)
	}
	e.Quote = string(text[e.Span.Start:e.Span.End])
	return nil
}

// Reports gives the report of each id, nil where there is none.
func (s *Store) Reports(ctx context.Context, ids []string) ([]*schema.Report, error) {
	return read(ctx, s, "Reports", "", ids, loadReports)
}

func loadReports(r *reader, ids []string) ([]*schema.Report, error) {
	return loadLiterals[schema.Report](r, ids, hasReport)
}

// loadLiterals gives the literal that each id has, nil where it has none.
func loadLiterals[T any](r *reader, ids []string, predicate quad.IRI) ([]*T, error) {
	said, err := r.out(ids, predicate)
	if err != nil {
		return nil, err
	}
	found := make([]*T, len(ids))
	for i := range ids {
		if len(said[i]) == 0 {
			continue
		}
		found[i] = new(T)
		if err := said[i][0].decode(found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// contents gives each report's, nil where the report is not there. What earlier builds
// kept without outlines is made anew of all that the report says.
func (r *reader) contents(reportIDs []string) ([]*contents, error) {
	all, err := loadLiterals[contents](r, reportIDs, hasContents)
	if err != nil {
		return nil, err
	}
	for i, has := range all {
		if has == nil || has.tells() {
			continue
		}
		said, err := newReader(r.ctx, nil, r.snap).said(reportIDs[i])
		if err != nil {
			return nil, err
		}
		reading, err := said.reading(reportIDs[i])
		if err != nil {
			return nil, err
		}
		if _, all[i], _, err = encode(reading); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// digests gives each report's digest, "" when the report is not there.
func (r *reader) digests(reportIDs []string) ([]string, error) {
	said, err := r.out(reportIDs, hasDigest)
	if err != nil {
		return nil, err
	}
	digests := make([]string, len(reportIDs))
	for i, list := range said {
		if len(list) > 0 {
			digests[i] = list[0].object
		}
	}
	return digests, nil
}

// Passages gives the passage of each id, nil where there is none.
func (s *Store) Passages(ctx context.Context, ids []string) ([]*schema.Passage, error) {
	return read(ctx, s, "Passages", "", ids, loadPassages)
}

func loadPassages(r *reader, ids []string) ([]*schema.Passage, error) {
	said, err := r.out(ids, hasPassage)
	if err != nil {
		return nil, err
	}
	found := make([]*schema.Passage, len(ids))
	for i := range ids {
		if len(said[i]) == 0 {
			continue
		}
		st := &said[i][0]
		var lit passageLiteral
		if err := st.decode(&lit); err != nil {
			return nil, err
		}
		p := lit.passage(st)
		found[i] = &p
	}
	return found, nil
}

func (lit *passageLiteral) passage(st *statement) schema.Passage {
	return schema.Passage{ID: st.subject, ReportID: st.label, Ordinal: lit.Ordinal, Line: lit.Line, Page: lit.Page, Text: lit.Text,
		Section: lit.Section, Heading: lit.Heading, Columns: lit.Columns}
}

// Sections gives each report's sections in order.
func (s *Store) Sections(ctx context.Context, reportIDs []string) ([][]schema.Section, error) {
	return lists(read(ctx, s, "Sections", hasSections, reportIDs, func(r *reader, ids []string) ([]*[]schema.Section, error) {
		return loadLiterals[[]schema.Section](r, ids, hasSections)
	}))
}

// PassagesOf gives the ids of each report's passages in order.
func (s *Store) PassagesOf(ctx context.Context, reportIDs []string) ([][]string, error) {
	reports, err := read(ctx, s, "PassagesOf", "", reportIDs, loadReports)
	if err != nil {
		return nil, err
	}
	found := make([][]string, len(reportIDs))
	for i, report := range reports {
		if report == nil {
			continue
		}
		found[i] = make([]string, report.Passages)
		for n := range found[i] {
			found[i][n] = schema.PassageID(report.ID, n)
		}
	}
	return found, nil
}

// Mentions gives each entity's mentions, by report, passage and start.
func (s *Store) Mentions(ctx context.Context, entityIDs []string) ([][]schema.Mention, error) {
	return lists(read(ctx, s, "Mentions", hasMentions, entityIDs, loadMentions))
}

func loadMentions(r *reader, entityIDs []string) ([]*[]schema.Mention, error) {
	return mentionsAt(r, entityIDs, nil, func(string, spot) bool { return true })
}

// MentionsIn gives the mentions in each passage, by start.
func (s *Store) MentionsIn(ctx context.Context, passageIDs []string) (found [][]schema.Mention, err error) {
	err = s.view(ctx, "MentionsIn", func(r *reader) error {
		facts, err := loadLiterals[factsLiteral](r, passageIDs, hasFacts)
		if err != nil {
			return err
		}
		var entities []string
		reports := []string{}
		wanted := make(map[string]int, len(passageIDs))
		for i, id := range passageIDs {
			wanted[id] = i
			if report, ok := schema.PassageReport(id); ok && !slices.Contains(reports, report) {
				reports = append(reports, report)
			}
			if facts[i] != nil {
				entities = append(entities, facts[i].Entities...)
			}
		}
		slices.Sort(entities)
		lists, err := mentionsAt(r, slices.Compact(entities), reports, func(reportID string, at spot) bool {
			_, ok := wanted[schema.PassageID(reportID, at.Passage)]
			return ok
		})
		if err != nil {
			return err
		}
		found = make([][]schema.Mention, len(passageIDs))
		for _, mentions := range lists {
			for _, m := range *mentions {
				i := wanted[m.Evidence.PassageID]
				found[i] = append(found[i], m)
			}
		}
		for i := range found {
			slices.SortFunc(found[i], func(a, b schema.Mention) int {
				return cmp.Or(cmp.Compare(a.Evidence.Span.Start, b.Evidence.Span.Start),
					cmp.Compare(b.Evidence.Span.End, a.Evidence.Span.End), cmp.Compare(a.EntityID, b.EntityID))
			})
		}
		return nil
	})
	return found, err
}

// mentionsAt gives each entity's mentions at the spots that are wanted of reports, or of
// all when these are nil, by report, passage and start.
func mentionsAt(r *reader, entityIDs, reports []string, wanted func(reportID string, at spot) bool) ([]*[]schema.Mention, error) {
	said, err := r.statements(quad.Subject, entityIDs, []quad.IRI{hasMentions}, reports)
	if err != nil {
		return nil, err
	}
	quotes := newQuotes()
	found := make([]*[]schema.Mention, len(entityIDs))
	evidence := make([][]schema.Evidence, len(entityIDs))
	for i, id := range entityIDs {
		found[i] = new([]schema.Mention)
		for _, st := range said[i] {
			var spots []spot
			if err := st.decode(&spots); err != nil {
				return nil, err
			}
			spots = slices.DeleteFunc(spots, func(at spot) bool { return !wanted(st.label, at) })
			evidence[i] = quotes.append(evidence[i], st.label, spots)
			for _, spot := range spots {
				*found[i] = append(*found[i], schema.Mention{EntityID: id, Name: spot.Name, Merge: spot.Merge})
			}
		}
		quotes.want(evidence[i])
	}
	if err := quotes.fill(r); err != nil {
		return nil, err
	}
	for i := range found {
		for j := range *found[i] {
			m := &(*found[i])[j]
			m.Evidence = evidence[i][j]
			m.Name = cmp.Or(m.Name, m.Evidence.Quote)
		}
	}
	return found, nil
}

// ClaimsBySubject gives the ids of the claims whose subject each entity is, sorted.
func (s *Store) ClaimsBySubject(ctx context.Context, entityIDs []string) ([][]string, error) {
	return s.pointing(ctx, "ClaimsBySubject", hasSubject, entityIDs, hasSubject)
}

// ObservationsAbout gives the ids of the observations about each entity, sorted.
func (s *Store) ObservationsAbout(ctx context.Context, entityIDs []string) ([][]string, error) {
	return s.pointing(ctx, "ObservationsAbout", isAbout, entityIDs, isAbout)
}

// Children gives the ids of the places directly under each place, sorted.
func (s *Store) Children(ctx context.Context, placeIDs []string) ([][]string, error) {
	return s.pointing(ctx, "Children", hasParent, placeIDs, hasParent)
}

// pointing gives what points at each id with one of the predicates, which the
// cache knows as of.
func (s *Store) pointing(ctx context.Context, method string, of quad.IRI, ids []string, predicates ...quad.IRI) ([][]string, error) {
	return lists(read(ctx, s, method, of, ids, func(r *reader, ids []string) ([]*[]string, error) {
		said, err := r.in(ids, predicates...)
		if err != nil {
			return nil, err
		}
		found := make([]*[]string, len(ids))
		for i, list := range said {
			var subjects []string
			for _, st := range list {
				subjects = append(subjects, st.subject)
			}
			slices.Sort(subjects)
			subjects = slices.Compact(subjects)
			found[i] = &subjects
		}
		return found, nil
	}))
}

// FactsIn gives the ids of the entities, claims and observations that each
// passage is evidence of.
func (s *Store) FactsIn(ctx context.Context, passageIDs []string) (found []schema.Facts, err error) {
	err = s.view(ctx, "FactsIn", func(r *reader) error {
		lists, err := loadLiterals[factsLiteral](r, passageIDs, hasFacts)
		if err != nil {
			return err
		}
		found = make([]schema.Facts, len(passageIDs))
		for i, list := range lists {
			if list != nil {
				found[i] = schema.Facts(*list)
			}
		}
		return nil
	})
	return found, err
}

// EntityIDs gives the ids of the entities of a kind, or of all when it is "", sorted.
func (s *Store) EntityIDs(ctx context.Context, kind schema.Kind) ([]string, error) {
	return s.list(ctx, "EntityIDs", func(c *catalogue) []string { return c.entities[kind].ids() })
}

// ClaimIDs gives the ids of the claims with a relation, or of all when it is "", sorted.
func (s *Store) ClaimIDs(ctx context.Context, relation schema.Relation) ([]string, error) {
	return s.list(ctx, "ClaimIDs", func(c *catalogue) []string {
		if relation == "" {
			return c.toldClaims.now().ids
		}
		return c.claims[relation].ids()
	})
}

// ObservationIDs gives the ids of all observations, sorted.
func (s *Store) ObservationIDs(ctx context.Context) ([]string, error) {
	return s.list(ctx, "ObservationIDs", func(c *catalogue) []string { return c.toldObservations.now().ids })
}

// RejectedClaimIDs gives the ids of the claims that were rejected in some report,
// sorted. No other list has them, but for those that another report says.
func (s *Store) RejectedClaimIDs(ctx context.Context) ([]string, error) {
	return s.list(ctx, "RejectedClaimIDs", func(c *catalogue) []string { return c.rejected.ids() })
}

// RejectedObservationIDs gives the ids of the observations that were rejected in some
// report, sorted. No other list has them, but for those that another report gives.
func (s *Store) RejectedObservationIDs(ctx context.Context) ([]string, error) {
	return s.list(ctx, "RejectedObservationIDs", func(c *catalogue) []string { return c.rejectedObservations.ids() })
}

// ReportIDs gives the ids of all reports, sorted.
func (s *Store) ReportIDs(ctx context.Context) ([]string, error) {
	return s.list(ctx, "ReportIDs", func(c *catalogue) []string { return c.reports.ids() })
}

func (s *Store) list(ctx context.Context, method string, which func(*catalogue) []string) (ids []string, err error) {
	err = s.listed(ctx, method, func(c *catalogue) { ids = which(c) })
	return ids, err
}

// listed runs f on the catalogue, which is built first where that is needed.
func (s *Store) listed(ctx context.Context, method string, f func(*catalogue)) error {
	c := &s.catalogue
	done, err := s.use(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	isNew := c.built && c.version == s.cache.newest()
	if isNew {
		s.counts.read(method)
		f(c)
	}
	c.mu.Unlock()
	done()
	if isNew {
		return nil
	}
	return s.view(ctx, method, func(r *reader) error { return r.listed(c, f) })
}

func (r *reader) listed(c *catalogue, f func(*catalogue)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.built || c.version < r.snap.version {
		if err := r.build(c); err != nil {
			return err
		}
	}
	f(c)
	return nil
}

// build fills the catalogue from the contents of all reports.
func (r *reader) build(c *catalogue) error {
	c.built = false
	said, err := r.in([]string{string(allReports)}, inReports)
	if err != nil {
		return err
	}
	c.reset(r.snap.version)
	var kept pool.Strings
	for _, st := range said[0] {
		c.reports.set(st.subject, true)
		// One at a time: together they may be large.
		has, err := newReader(r.ctx, nil, r.snap).contents([]string{st.subject})
		if err != nil {
			c.built = false
			return err
		}
		if has[0] == nil {
			c.built = false
			return fmt.Errorf("%w: %s has no contents", ErrDamaged, st.subject)
		}
		has[0].pool(&kept)
		c.set(has[0], true)
		told, err := has[0].tellings()
		if err != nil {
			c.built = false
			return err
		}
		c.toldEntities.note(st.subject, retold{told: told.entities})
		c.toldClaims.note(st.subject, retold{told: told.claims})
		c.toldObservations.note(st.subject, retold{told: told.observations})
	}
	c.settle()
	c.links.Change(nil, c.toldClaims.settled.leading())
	return nil
}
