// Package genqlient is a client that Khan/genqlient makes of the schema, to
// hold that Go programs can use it.
package genqlient

//go:generate go tool genqlient
