package api

import (
	"context"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
	"github.com/lantu-kg/lantu/schema"
)

type subscriptionFields struct{ service *Service }

func (f subscriptionFields) JobProgress(ctx context.Context, id string) (<-chan *model.Job, error) {
	job, changed := f.service.jobs.get(id)
	if job == nil {
		return nil, noJob(id)
	}
	told := make(chan *model.Job)
	go func() {
		defer close(told)
		for job != nil {
			select {
			case told <- job:
			case <-ctx.Done():
				return
			}
			if job.State.Ended() {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
			job, changed = f.service.jobs.get(id)
		}
	}()
	return told, nil
}

func (f subscriptionFields) GraphChanged(ctx context.Context, filter *generated.ChangeFilter) (<-chan *model.Change, error) {
	changed := f.service.store.Changed()
	known, err := f.service.allChanges(ctx)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &generated.ChangeFilter{}
	}
	if _, err := changeTests(known, filter); err != nil {
		return nil, err
	}
	told := make(chan *model.Change)
	go func() {
		defer close(told)
		for seen := len(known); ; {
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
			// Asked for first: a change made meanwhile must not be missed.
			changed = f.service.store.Changed()
			known, err := f.service.allChanges(ctx)
			if err != nil {
				f.service.logger.ErrorContext(ctx, "changes cannot be told any more", "error", err)
				return
			}
			tests, err := changeTests(known, filter)
			if err != nil {
				return
			}
			for _, c := range all(known[seen:], tests) {
				select {
				case told <- model.NewChange(c):
				case <-ctx.Done():
					return
				}
			}
			seen = len(known)
		}
	}()
	return told, nil
}

// allChanges gives all changes, oldest first. They are read once for all that wait
// for them.
func (s *Service) allChanges(ctx context.Context) ([]*schema.ChangeRecord, error) {
	version, err := s.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	s.recounting.Lock()
	defer s.recounting.Unlock()
	if s.changes == nil || s.changesAt != version {
		changes, err := s.store.Changes(ctx)
		if err != nil {
			return nil, err
		}
		s.changes, s.changesAt = changes, version
	}
	return s.changes, nil
}
