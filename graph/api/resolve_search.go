package api

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/search"
	"github.com/lantu-kg/lantu/schema"
)

// maxSearch is how long the words to search for may be, in code points.
const maxSearch = 100

func (queryFields) Search(ctx context.Context, query string, kinds []schema.Kind, first *int, after *string, last *int, before *string) (*model.SearchConnection, error) {
	w := window{first, after, last, before}
	if err := w.check(); err != nil {
		return nil, err
	}
	if n := utf8.RuneCountInString(query); n > maxSearch || strings.TrimSpace(query) == "" {
		return nil, badInput("query: give 1 to %d characters to search for", maxSearch)
	}
	rq := requestOf(ctx)
	directory, err := rq.directory(ctx)
	if err != nil {
		return nil, err
	}
	index, err := directory.index(ctx)
	if err != nil {
		return nil, err
	}
	asked := search.Query{Text: query, Kinds: kinds}
	return connect(index.Search(asked), byRank, hitPosition, w, func(page []search.Hit) ([]*model.SearchHit, error) {
		ids := make([]string, len(page))
		for i, hit := range page {
			ids[i] = hit.ID
		}
		nodes, err := rq.nodes(ctx, ids)
		if err != nil {
			return nil, err
		}
		hits := make([]*model.SearchHit, len(page))
		for i, node := range nodes {
			if node != nil {
				matched, highlight := index.Show(asked, page[i])
				hits[i] = &model.SearchHit{Node: node, Match: page[i].Match, Matched: matched, Highlight: highlight}
			}
		}
		return hits, nil
	})
}

func hitPosition(hit search.Hit) position { return position{hit.Rank, hit.ID} }
