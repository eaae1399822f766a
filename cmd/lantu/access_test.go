package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/lantu-kg/lantu/access"
)

func TestPolicy(t *testing.T) {
	dir, keyed := t.TempDir(), t.TempDir()
	if _, _, err := keysIn(keyed).Add("张敏", access.Editor, time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		dir, addr string
		flags     accessFlags
		want      access.Policy
		edits     bool
		err       error
	}{
		{dir, "127.0.0.1:8080", accessFlags{role: "reader"}, access.Policy{Anonymous: access.Reader, LocalOnly: true}, false, nil},
		{dir, "localhost:8080", accessFlags{role: "editor"}, access.Policy{Anonymous: access.Editor, LocalOnly: true}, true, nil},
		{dir, "[::1]:0", accessFlags{role: "none"}, access.Policy{LocalOnly: true}, false, nil},
		{keyed, "127.0.0.1:8080", accessFlags{role: "reader"}, access.Policy{Anonymous: access.Reader, LocalOnly: true}, true, nil},
		{dir, "127.0.0.1:8080", accessFlags{role: "reader", open: true}, access.Policy{Anonymous: access.Reader}, false, nil},
		{dir, "0.0.0.0:8080", accessFlags{role: "admin"}, access.Policy{}, false, errClosed},
		{dir, ":8080", accessFlags{role: "reader"}, access.Policy{}, false, errClosed},
		{dir, "192.168.1.7:8080", accessFlags{role: "none", open: true}, access.Policy{}, false, errClosed},
		{dir, ":8080", accessFlags{role: "reader", open: true}, access.Policy{Anonymous: access.Reader}, false, nil},
		{keyed, ":8080", accessFlags{role: "admin"}, access.Policy{}, true, nil},
	} {
		p, err := test.flags.policy(t.Context(), test.dir, test.addr)
		if !errors.Is(err, test.err) {
			t.Errorf("%s %+v: %v", test.addr, test.flags, err)
		}
		if err != nil {
			continue
		}
		if p.Anonymous != test.want.Anonymous || p.LocalOnly != test.want.LocalOnly {
			t.Errorf("%s %+v: %+v", test.addr, test.flags, p)
		}
		if edits, err := mayEdit(p); err != nil || edits != test.edits {
			t.Errorf("%s %+v: may edit: %v %v", test.addr, test.flags, edits, err)
		}
	}
	if _, err := (&accessFlags{role: "owner"}).policy(t.Context(), dir, "127.0.0.1:0"); !errors.As(err, new(usageError)) {
		t.Errorf("an unknown role: %v", err)
	}
}

func TestKeyCommands(t *testing.T) {
	dir := t.TempDir()
	lantu := func(code int, args ...string) (stdout, stderr string) {
		t.Helper()
		var out, err strings.Builder
		if got := run(t.Context(), append(args, "--db", dir), strings.NewReader(""), &out, &err); got != code {
			t.Fatalf("%v: exit %d\n%s%s", args, got, &out, &err)
		}
		return out.String(), err.String()
	}
	secret, told := lantu(0, "key", "add", "--role", "editor", "张敏")
	if !strings.HasPrefix(secret, "lantu_") || !strings.Contains(told, "not shown again") {
		t.Errorf("%q %q", secret, told)
	}
	list, _ := lantu(0, "key", "list")
	id, rest, _ := strings.Cut(list, "  ")
	if !strings.Contains(rest, "EDITOR") || !strings.Contains(rest, "张敏") || strings.Contains(list, strings.TrimSpace(secret)) {
		t.Errorf("%q", list)
	}
	lantu(2, "key", "add", "--role", "owner", "张敏")
	lantu(2, "key", "add", "张敏")
	lantu(1, "key", "revoke", "nothing")
	lantu(0, "key", "revoke", id)
	if list, _ = lantu(0, "key", "list"); list != "" {
		t.Errorf("%q", list)
	}
}
