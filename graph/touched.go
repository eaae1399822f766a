package graph

import (
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/lantu-kg/lantu/schema"
)

// maxTouched is how many ids of what was touched are kept: a change of a claim
// touches none, a report a few hundred.
const maxTouched = 1 << 16

// touched remembers what the newest writes touched.
type touched struct {
	mu     sync.Mutex
	from   uint64 // the version after which all writes are kept
	writes []touchedIn
	size   int // of all writes
}

type touchedIn struct {
	version uint64
	what    schema.Touched
}

func (t *touched) add(ch *change) {
	t.mu.Lock()
	defer t.mu.Unlock()
	write := touchedIn{version: ch.version}
	for _, e := range ch.edits {
		write.what = join(write.what, e.touched)
	}
	t.writes = append(t.writes, write)
	t.size += write.size()
	for t.size > maxTouched {
		t.from = t.writes[0].version
		t.size -= t.writes[0].size()
		t.writes = t.writes[1:]
	}
}

// size counts a write that touches nothing too.
func (w touchedIn) size() int {
	return 1 + len(w.what.Reports) + len(w.what.Passages) + len(w.what.Entities)
}

// Touched gives what the writes since a version touched, and whether that is
// still known.
func (s *Store) Touched(since uint64) (what schema.Touched, known bool) {
	t := &s.touched
	t.mu.Lock()
	defer t.mu.Unlock()
	if since < t.from {
		return what, false
	}
	var all []schema.Touched
	for _, write := range t.writes {
		if write.version > since {
			all = append(all, write.what)
		}
	}
	return join(all...), true
}

// touchedBy tells what is different when a report begins to say quads, or ends.
func touchedBy(quads []quad.Quad) schema.Touched {
	var t schema.Touched
	for _, q := range quads {
		subject := plain(q.Subject)
		switch q.Predicate {
		case hasReport:
			t.Reports = append(t.Reports, subject)
		case hasPassage:
			t.Passages = append(t.Passages, subject)
		case hasMentions:
			t.Reports = append(t.Reports, plain(q.Label))
			t.Entities = append(t.Entities, subject)
		case hasEntity, hasParent:
			t.Entities = append(t.Entities, subject)
		}
	}
	return join(t)
}

func join(all ...schema.Touched) (t schema.Touched) {
	for _, one := range all {
		t.Reports = append(t.Reports, one.Reports...)
		t.Passages = append(t.Passages, one.Passages...)
		t.Entities = append(t.Entities, one.Entities...)
	}
	for _, ids := range []*[]string{&t.Reports, &t.Passages, &t.Entities} {
		slices.Sort(*ids)
		*ids = slices.Compact(*ids)
	}
	return t
}
