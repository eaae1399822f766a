package genqlient

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/Khan/genqlient/graphql"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/loaders"
	"github.com/lantu-kg/lantu/web"
)

// serve serves the demo's report.
func serve(t *testing.T) graphql.Client {
	t.Helper()
	ctx := context.Background()
	store, err := graph.OpenMemory(ctx)
	if err != nil {
		t.Fatal(err)
	}
	loader, err := loaders.New()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("../../../cmd/lantu/demo/qingyu-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	reading, err := loader.Read(ctx, "qingyu-2024.txt", file)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Put(ctx, reading); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(web.New(web.Config{Store: store, Access: &access.Policy{Anonymous: access.Editor}}))
	t.Cleanup(func() {
		server.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return graphql.NewClient(server.URL+"/graphql", http.DefaultClient)
}

func TestClient(t *testing.T) {
	client := serve(t)
	suggested, err := Suggestions(context.Background(), client, "qyszjk")
	if err != nil {
		t.Fatal(err)
	}
	if len(suggested.Suggest) == 0 || suggested.Suggest[0].Match != SearchMatchSound {
		t.Fatalf("%+v", suggested.Suggest)
	}
	park := suggested.Suggest[0].Matched
	answer, err := Settlers(context.Background(), client, park)
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Parks.Nodes) != 1 || answer.Parks.Nodes[0].Name != park {
		t.Fatalf("%+v", answer.Parks)
	}
	for _, edge := range answer.Parks.Nodes[0].Enterprises.Edges {
		e := edge.Claims[0].Evidence[0]
		if !strings.Contains(e.Sentence, e.Quote) {
			t.Errorf("%q is not in %v", e.Quote, e.Sentence)
		}
	}
	if _, err := Suggestions(context.Background(), client, ""); err == nil || !strings.Contains(err.Error(), "1 to 100") {
		t.Errorf("an empty prefix: %v", err)
	}
}

func TestMutation(t *testing.T) {
	client := serve(t)
	queue, err := Unreviewed(context.Background(), client)
	if err != nil {
		t.Fatal(err)
	}
	worst := queue.Claims.Nodes[0].Id
	rejected, err := Reject(context.Background(), client, worst, "看过原文")
	if err != nil {
		t.Fatal(err)
	}
	payload := rejected.RejectClaim
	if payload.Change.Who != "anonymous" || payload.Change.Why != "看过原文" || payload.Claim.Id != worst ||
		payload.Claim.Curation.State != CurationStateRejected || payload.Claim.Curation.Change.Id != payload.Change.Id {
		t.Errorf("%+v", payload)
	}
	after, err := Unreviewed(context.Background(), client)
	if err != nil {
		t.Fatal(err)
	}
	if after.Claims.TotalCount != queue.Claims.TotalCount-1 || after.Claims.Nodes[0].Id == worst {
		t.Errorf("still to be reviewed: %+v", after.Claims)
	}
	if _, err := Reject(context.Background(), client, worst, ""); err == nil || !strings.Contains(err.Error(), "rejected already") {
		t.Errorf("rejected twice: %v", err)
	}
}
