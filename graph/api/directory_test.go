package api

import (
	"context"
	"errors"
	"testing"
)

func TestLastingGoesOnWithoutWhoAsked(t *testing.T) {
	release, runs := make(chan struct{}), 0
	value := lasting(func(ctx context.Context) (string, error) {
		runs++
		<-release
		return "built", ctx.Err()
	})
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := value(impatient); !errors.Is(err, context.Canceled) {
		t.Errorf("one who gives up: %v", err)
	}
	close(release)
	for range 2 {
		if got, err := value(t.Context()); got != "built" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	if runs != 1 {
		t.Errorf("%d runs", runs)
	}
}

func TestLastingForgetsErrors(t *testing.T) {
	runs := 0
	value := lasting(func(context.Context) (int, error) {
		runs++
		switch runs {
		case 1:
			return 0, errors.New("no")
		case 2:
			panic("never")
		}
		return runs, nil
	})
	for range 2 {
		if _, err := value(t.Context()); err == nil {
			t.Error("no error")
		}
	}
	if got, err := value(t.Context()); got != 3 || err != nil {
		t.Errorf("%d, %v", got, err)
	}
}
