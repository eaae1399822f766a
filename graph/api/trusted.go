package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Trusted are documents that are known beforehand, by the SHA-256 of their text
// in hexadecimal. They are asked for by that hash alone, as persisted queries
// are.
type Trusted struct {
	Documents map[string]string
	// Only refuses every other document.
	Only bool
}

// ParseTrusted reads documents from JSON, {"HASH": "QUERY", …}, as clients'
// build tools write it. It refuses a hash that is not its document's.
func ParseTrusted(text []byte) (map[string]string, error) {
	documents := map[string]string{}
	if err := json.Unmarshal(text, &documents); err != nil {
		return nil, fmt.Errorf(`trusted documents are no JSON object of hashes and queries, {"HASH": "QUERY"}: %w`, err)
	}
	for hash, document := range documents {
		if sum := hashOf(document); sum != hash {
			return nil, fmt.Errorf("trusted documents: the document under %.64q has the SHA-256 %s", hash, sum)
		}
	}
	return documents, nil
}

func hashOf(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}

var _ graphql.OperationParameterMutator = Trusted{}

// ExtensionName names the extension to gqlgen.
func (Trusted) ExtensionName() string { return "TrustedDocuments" }

// Validate has nothing to check in the schema.
func (Trusted) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters puts in the document that a hash names, and refuses
// what is not known where only that may be asked.
func (t Trusted) MutateOperationParameters(_ context.Context, params *graphql.RawParams) *gqlerror.Error {
	if params.Query == "" {
		if persisted, ok := params.Extensions["persistedQuery"].(map[string]any); ok {
			hash, _ := persisted["sha256Hash"].(string)
			params.Query = t.Documents[hash]
		}
	}
	if t.Only && t.Documents[hashOf(params.Query)] == "" {
		return failure(CodeUntrusted, "this server answers only documents that it was given beforehand: ask who runs it to add yours to its --trusted-documents")
	}
	return nil
}
