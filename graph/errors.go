package graph

import "errors"

// The errors that callers may want to tell apart; test with [errors.Is].
var (
	ErrNotFound    = errors.New("not found")
	ErrInvalid     = errors.New("invalid reading")
	ErrClosed      = errors.New("the store is closed")
	ErrReadOnly    = errors.New("the store is open for reading only")
	ErrLocked      = errors.New("another process holds the database")
	ErrNoDatabase  = errors.New("no Lantu database")
	ErrNewerFormat = errors.New("the database is of a newer format")
	ErrDamaged     = errors.New("the database is damaged")
)
