package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/graph/search"
	"github.com/lantu-kg/lantu/schema"
)

// maxSearch is how long the words to search for may be, in code points.
const maxSearch = 100

func (queryFields) Search(ctx context.Context, query string, kinds []schema.Kind, f *filter, region *string, by *generated.SearchOrder, first *int, after *string, last *int, before *string) (*model.SearchConnection, error) {
	w := window{first, after, last, before}
	if err := w.check(); err != nil {
		return nil, err
	}
	rq := requestOf(ctx)
	s, err := rq.searchFor(ctx, "query", query)
	if err != nil {
		return nil, err
	}
	asked := search.Query{Text: query, Kinds: kinds}
	var hits []search.Hit
	if n := cmp.Or(first, new(defaultPage)); f == nil && region == nil && by == nil && after == nil && w.onlyPage(ctx) && !asksFor(ctx, "facets") {
		hits = s.index.First(asked, *n+1) // one more tells that there are more
	} else {
		hits = s.index.Search(asked)
	}
	if region != nil {
		if err := rq.mustBePlace(ctx, "region", *region); err != nil {
			return nil, err
		}
		below, err := rq.below.Load(ctx, *region)
		if err != nil {
			return nil, err
		}
		admitted := set(below)
		hits = all(hits, []test[search.Hit]{func(hit search.Hit) bool {
			return slices.ContainsFunc(s.regionsOf(hit), func(id string) bool { return admitted[id] })
		}})
	}
	if f != nil {
		hits = all(hits, []test[search.Hit]{func(hit search.Hit) bool { return hit.Kind != "" }})
		if hits, err = whose(ctx, rq, hits, f, func(hit search.Hit) string { return hit.ID }); err != nil {
			return nil, err
		}
	}
	hits, o, at, err := rq.orderHits(ctx, s, hits, by)
	if err != nil {
		return nil, err
	}
	connection, err := connect(hits, o, at, w, func(page []search.Hit) ([]*model.SearchHit, error) {
		return rq.show(ctx, asked, page)
	})
	if err != nil {
		return nil, err
	}
	found := &model.SearchConnection{Connection: *connection}
	if asksFor(ctx, "facets") { // a name may stand in reports of thousands of regions
		found.Facets = s.facets(hits)
	}
	return found, nil
}

func (queryFields) Suggest(ctx context.Context, prefix string, kinds []schema.Kind, first int) ([]*model.SearchHit, error) {
	if err := (window{first: &first}).check(); err != nil {
		return nil, err
	}
	rq := requestOf(ctx)
	s, err := rq.searchFor(ctx, "prefix", prefix)
	if err != nil {
		return nil, err
	}
	asked := search.Query{Text: prefix, Kinds: kinds, Names: true}
	shown, err := rq.show(ctx, asked, s.index.First(asked, first))
	return slices.DeleteFunc(shown, func(hit *model.SearchHit) bool { return hit == nil }), err
}

// searchFor gives the index, and refuses words that cannot be searched for.
func (rq *request) searchFor(ctx context.Context, argument, words string) (*searchable, error) {
	if n := utf8.RuneCountInString(words); n > maxSearch || strings.TrimSpace(words) == "" {
		return nil, badInput("%s: give 1 to %d characters to search for", argument, maxSearch)
	}
	directory, err := rq.directory(ctx)
	if err != nil {
		return nil, err
	}
	return directory.search(ctx)
}

// show makes what is answered of hits, nil of those that are gone.
func (rq *request) show(ctx context.Context, asked search.Query, hits []search.Hit) ([]*model.SearchHit, error) {
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.ID
	}
	nodes, err := rq.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	shown := make([]*model.SearchHit, len(hits))
	for i, node := range nodes {
		if node != nil {
			matched, highlight := hits[i].Show(asked)
			shown[i] = &model.SearchHit{Node: node, Match: hits[i].Match, Matched: matched, Highlight: highlight}
		}
	}
	return shown, nil
}

// facets counts hits by kind and by region.
func (s *searchable) facets(hits []search.Hit) *model.SearchFacets {
	f := &model.SearchFacets{}
	kinds, regions := map[schema.Kind]int{}, map[string]int{}
	for _, hit := range hits {
		if hit.Kind == "" {
			f.Passages++
		} else {
			kinds[hit.Kind]++
		}
		for _, region := range s.regionsOf(hit) {
			regions[region]++
		}
	}
	for kind, n := range kinds {
		f.Kinds = append(f.Kinds, &model.KindFacet{Kind: kind, Count: n})
	}
	for region, n := range regions {
		f.Regions = append(f.Regions, &model.RegionFacet{RegionID: region, Count: n})
	}
	slices.SortFunc(f.Kinds, func(a, b *model.KindFacet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(kindOrder(a.Kind), kindOrder(b.Kind)))
	})
	slices.SortFunc(f.Regions, mostFirst)
	return f
}

type regionFacetFields struct{}

func (regionFacetFields) Region(ctx context.Context, obj *model.RegionFacet) (*model.Place, error) {
	return requestOf(ctx).place(ctx, obj.RegionID)
}

func hitPosition(hit search.Hit) position { return position{hit.Rank(), hit.ID} }
