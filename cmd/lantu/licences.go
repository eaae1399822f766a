package main

import (
	_ "embed"
	"io"

	"github.com/spf13/cobra"
)

// licences are NOTICE and the licences of all modules that the binary is built
// of: 'go test ./cmd/lantu -run Licences -update' writes them.
//
//go:embed licences.txt
var licences string

func newLicences() *cobra.Command {
	return &cobra.Command{
		Use:     "licenses",
		Short:   "Print the licences of Lantu and of all that is built into it",
		Example: "  lantu licenses | less",
		Args:    exactly(0, "licenses takes no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := io.WriteString(c.OutOrStdout(), licences)
			return err
		},
	}
}
