package graph

import (
	"errors"

	"github.com/lantu-kg/lantu/graph/curate"
)

// The errors that callers may want to tell apart; test with [errors.Is].
var (
	ErrNotFound    = errors.New("not found")
	ErrInvalid     = errors.New("invalid reading")
	ErrClosed      = errors.New("the store is closed")
	ErrReadOnly    = curate.Refuse(curate.ReadOnly, "the database is open for reading only: give 'lantu query' --edit, or start 'lantu serve' again, now that somebody has the role editor ('lantu key add', --role)")
	ErrLocked      = errors.New("another process holds the database")
	ErrNoDatabase  = errors.New("no Lantu database")
	ErrNewerFormat = errors.New("the database is of a newer format")
	ErrDamaged     = errors.New("the database is damaged")
)
