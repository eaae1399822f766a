//go:build unix

package document

import (
	"context"
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAPipeIsRefusedNotWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe.txt")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFile(context.Background(), path); !errors.Is(err, ErrNoFile) {
		t.Errorf("error %v", err)
	}
}
