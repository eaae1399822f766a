package graph

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// cache keeps decoded things of the newest version of the graph. A reader of
// any other version passes it by, so that one read never mixes two versions.
type cache struct {
	mu      sync.Mutex
	lru     *simplelru.LRU[string, any]
	version uint64
}

func newCache(size int, version uint64) *cache {
	lru, err := simplelru.NewLRU[string, any](max(size, 1), nil)
	if err != nil { // only for a size below 1
		panic(err)
	}
	return &cache{lru: lru, version: version}
}

func (c *cache) get(version uint64, key string) (any, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.version {
		return nil, false
	}
	return c.lru.Get(key)
}

func (c *cache) add(version uint64, key string, v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version == c.version {
		c.lru.Add(key, v)
	}
}

// advance moves to a version in which only the things at keys are different.
func (c *cache) advance(version uint64, keys []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range keys {
		c.lru.Remove(key)
	}
	c.version = version
}
