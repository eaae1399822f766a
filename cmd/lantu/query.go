package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/graph"
	"github.com/lantu-kg/lantu/graph/api"
)

// editTimeout is how long a change may take: of what all of many thousand reports name,
// minutes.
const editTimeout = time.Hour

func newQuery() *cobra.Command {
	var dir, vars string
	var edit bool
	c := &cobra.Command{
		Use:   "query [--db DIR] [--vars JSON] OPERATION",
		Short: "Run a GraphQL operation without a server, and print its JSON",
		Long: `Query runs a GraphQL operation, or the one on standard input when it is "-". The
answer is printed whatever it says; the exit status is 1 when it has errors. With
--edit it may change the graph, in the name of local, while no server has it.`,
		Example: `  lantu query '{ parks { nodes { name enterprises { nodes { name } } } } }'
  lantu query --vars '{"name":"百千工程"}' \
    'query($name: String!) { search(query: $name) { nodes { node { id } } } }'
  lantu query - < question.graphql`,
		Args: exactly(1, "query takes one GraphQL operation"),
		RunE: func(c *cobra.Command, args []string) (err error) {
			variables := map[string]any{}
			if vars != "" {
				if err := json.Unmarshal([]byte(vars), &variables); err != nil {
					return usageError{fmt.Errorf("--vars is not a JSON object: %w", err)}
				}
			}
			operation := args[0]
			if operation == "-" {
				text, err := io.ReadAll(c.InOrStdin())
				if err != nil {
					return err
				}
				operation = string(text)
			}
			how, options := []graph.Option{graph.ReadOnly()}, api.Options{}
			if edit { // nobody else waits
				how = []graph.Option{graph.MustExist(), graph.ChangeLimit(math.MaxInt)}
				options.Timeout = editTimeout
			}
			store, err := graph.Open(c.Context(), dir, how...)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			answer, failed, err := api.New(store, options).Execute(c.Context(), operation, variables)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(c.OutOrStdout(), "%s\n", answer); err != nil {
				return err
			}
			if failed {
				return errReported
			}
			return nil
		},
	}
	dbFlag(c, &dir)
	c.Flags().BoolVar(&edit, "edit", false, "let the operation change the graph")
	c.Flags().StringVar(&vars, "vars", "", "the operation's variables, a `JSON` object")
	return c
}
