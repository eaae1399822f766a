package graph

import (
	"maps"
	"slices"
	"sync"

	"github.com/lantu-kg/lantu/graph/links"
	"github.com/lantu-kg/lantu/graph/pool"
	"github.com/lantu-kg/lantu/schema"
)

// catalogue lists the ids of everything in the graph. It is built from the
// reports' contents when it is first asked and then follows the writes.
type catalogue struct {
	mu      sync.Mutex
	built   bool
	version uint64

	reports              idList
	rejected             idList // claims
	rejectedObservations idList
	entities             map[schema.Kind]*idList // "" holds every kind
	claims               map[schema.Relation]*idList
	names                pool.Numbers[string] // in links and outlines; kept when these are built anew
	links                *links.Table
	toldEntities         outlines // where they are named
	toldClaims           outlines // of all relations
	toldObservations     outlines
}

// idList is a sorted list of ids with the changes that are not yet in it.
type idList struct {
	sorted  []string // shared with callers: replaced, never changed
	pending map[string]bool
}

// set notes that an id is there, or no longer.
func (l *idList) set(id string, there bool) {
	if l.pending == nil {
		l.pending = make(map[string]bool)
	}
	l.pending[id] = there
}

func (l *idList) ids() []string {
	if l == nil {
		return nil
	}
	if len(l.pending) == 0 {
		return l.sorted
	}
	added := slices.Sorted(maps.Keys(l.pending))
	merged := make([]string, 0, len(l.sorted)+len(added))
	old := l.sorted
	for _, id := range added {
		i, found := slices.BinarySearch(old, id)
		merged = append(merged, old[:i]...)
		if old = old[i:]; found {
			old = old[1:]
		}
		if l.pending[id] {
			merged = append(merged, id)
		}
	}
	merged = append(merged, old...)
	l.sorted, l.pending = merged, nil
	return merged
}

// change is what one write does to the lists and the cache.
type change struct {
	version uint64 // the one that the write makes
	edits   []*edit
	records []*schema.ChangeRecord // that it adds to the journal
}

// edit is what a write does to one report.
type edit struct {
	report                         string
	reportThere                    bool
	added, gone                    *contents
	joined, split                  []links.Ends // what the claims among these connect
	entities, claims, observations retold
	affectedCache                  []cacheKey
	touched                        schema.Touched
}

// made gives the ids of all that the report did not say before.
func (e *edit) made() (ids []string) {
	if e == nil {
		return nil
	}
	for _, list := range e.added.Entities {
		ids = append(ids, list...)
	}
	for _, list := range e.added.Claims {
		ids = append(ids, list...)
	}
	return slices.Concat(ids, e.added.Observations, e.added.Rejected, e.added.RejectedObservations)
}

func (c *catalogue) reset(version uint64) {
	c.built, c.version = true, version
	c.reports, c.rejected, c.rejectedObservations = idList{}, idList{}, idList{}
	c.entities = make(map[schema.Kind]*idList)
	c.claims = make(map[schema.Relation]*idList)
	c.links = links.NewTable(&c.names)
	c.toldEntities, c.toldClaims, c.toldObservations = outlines{names: &c.names}, outlines{names: &c.names}, outlines{names: &c.names}
}

// set notes that everything in has is there, or no longer.
func (c *catalogue) set(has *contents, there bool) {
	if has == nil {
		return
	}
	for kind, ids := range has.Entities {
		for _, k := range []schema.Kind{kind, ""} {
			setAll(c.entities, k, ids, there)
		}
	}
	for relation, ids := range has.Claims {
		setAll(c.claims, relation, ids, there)
	}
	for _, id := range has.Rejected {
		c.rejected.set(id, there)
	}
	for _, id := range has.RejectedObservations {
		c.rejectedObservations.set(id, there)
	}
}

// settle brings all lists up to date: what waits takes several times their memory.
func (c *catalogue) settle() {
	for _, l := range []*idList{&c.reports, &c.rejected, &c.rejectedObservations} {
		l.ids()
	}
	for _, told := range []*outlines{&c.toldEntities, &c.toldClaims, &c.toldObservations} {
		told.now()
	}
	for l := range maps.Values(c.entities) {
		l.ids()
	}
	for l := range maps.Values(c.claims) {
		l.ids()
	}
}

func setAll[K comparable](lists map[K]*idList, key K, ids []string, there bool) {
	if lists[key] == nil {
		lists[key] = &idList{}
	}
	for _, id := range ids {
		lists[key].set(id, there)
	}
}

// follow applies a write, if the lists are of the version before it.
func (c *catalogue) follow(ch *change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.built || c.version >= ch.version {
		return
	}
	if c.version != ch.version-1 {
		c.built = false
		return
	}
	c.version = ch.version
	there := map[links.Ends]bool{}
	for _, e := range ch.edits {
		c.set(e.gone, false)
		c.set(e.added, true)
		c.reports.set(e.report, e.reportThere)
		c.toldEntities.follow(e.report, e.entities)
		c.toldClaims.follow(e.report, e.claims)
		c.toldObservations.follow(e.report, e.observations)
		for _, l := range e.split {
			there[l] = false
		}
		for _, l := range e.joined {
			there[l] = true
		}
	}
	var split, joined []links.Ends
	for l, is := range there {
		if is {
			joined = append(joined, l)
		} else {
			split = append(split, l)
		}
	}
	c.links.Change(split, joined)
}
