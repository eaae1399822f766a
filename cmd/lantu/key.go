package main

import (
	"fmt"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/lantu-kg/lantu/access"
)

func newKey() *cobra.Command {
	c := &cobra.Command{
		Use:   "key",
		Short: "Make, list and revoke the keys that callers of the API show",
		Long: `Keys say who calls the API and what they may do: a reader asks,
an editor also confirms and corrects what was found, an admin also loads and
removes reports. Keys are kept hashed beside the database, in keys.json. A server that runs
knows a new key, or that one was revoked, at once; but one that was started when
nobody could change anything has the database open for reading only: start it
again after the first key for an editor or admin.`,
		Example: `  lantu key add --role reader dashboard
  lantu key list`,
		Args: exactly(0, "key takes add, list or revoke"),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newKeyAdd(), newKeyList(), newKeyRevoke())
	return c
}

// keysIn gives the keys to the database in dir.
func keysIn(dir string) *access.Keys { return access.OpenKeys(filepath.Join(dir, access.KeysFile)) }

func newKeyAdd() *cobra.Command {
	var dir, role string
	c := &cobra.Command{
		Use:   "add [--db DIR] --role ROLE NAME",
		Short: "Make a key and print it, this once",
		Example: `  lantu key add --role reader dashboard
  lantu key add --db beijing.db --role editor 张敏`,
		Args: exactly(1, "key add takes the name of whose key it is, which stands in the record of their changes"),
		RunE: func(c *cobra.Command, args []string) error {
			wanted, err := access.ParseRole(role)
			if err != nil || wanted == access.None {
				return usageError{fmt.Errorf("--role: %q is no role: give reader, editor or admin", role)}
			}
			secret, key, err := keysIn(dir).Add(args[0], wanted, time.Now())
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(c.ErrOrStderr(), "key %s of %s: send it as Authorization: Bearer KEY. It is not shown again.\n", key.ID, key.Name); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), secret)
			return err
		},
	}
	dbFlag(c, &dir)
	c.Flags().StringVar(&role, "role", "", "`role`: reader, editor or admin")
	return c
}

func newKeyList() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:     "list [--db DIR]",
		Short:   "List the keys: id, role, day made, name",
		Example: "  lantu key list --db beijing.db",
		Args:    exactly(0, "key list takes no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			keys, err := keysIn(dir).List()
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, k := range keys {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", k.ID, k.Role, k.Created.Format(time.DateOnly), k.Name); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
	dbFlag(c, &dir)
	return c
}

func newKeyRevoke() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:     "revoke [--db DIR] ID",
		Short:   "Take a key away, by its id",
		Example: "  lantu key revoke abcd2345",
		Args:    exactly(1, "key revoke takes the id of a key, as 'lantu key list' shows it"),
		RunE: func(_ *cobra.Command, args []string) error {
			return keysIn(dir).Revoke(args[0])
		},
	}
	dbFlag(c, &dir)
	return c
}
