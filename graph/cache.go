package graph

import (
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// cache keeps decoded things of the newest version of the graph. A reader of
// any other version passes it by, so that one read never mixes two versions.
type cache struct {
	mu      sync.Mutex
	lru     *simplelru.LRU[cacheKey, any]
	version uint64
}

// cacheKey names what is known of an id: the thing itself, of nothing, or what
// a predicate leads to it from.
type cacheKey struct {
	of quad.IRI
	id string
}

func newCache(size int, version uint64) *cache {
	lru, err := simplelru.NewLRU[cacheKey, any](max(size, 1), nil)
	if err != nil { // only for a size below 1
		panic(err)
	}
	return &cache{lru: lru, version: version}
}

// newest is the version that the cache is of.
func (c *cache) newest() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.version
}

// get hands over what is known of ids, nil for nothing, and reports whether it
// is of the version.
func (c *cache) get(version uint64, of quad.IRI, ids []string, take func(i int, v any)) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.version {
		return false
	}
	for i, id := range ids {
		v, _ := c.lru.Get(cacheKey{of, id})
		take(i, v)
	}
	return true
}

func (c *cache) add(version uint64, key cacheKey, v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version == c.version {
		c.lru.Add(key, v)
	}
}

// advance moves to a version in which only the things at keys are different.
func (c *cache) advance(version uint64, keys []cacheKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range keys {
		c.lru.Remove(key)
	}
	c.version = version
}
