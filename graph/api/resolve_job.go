package api

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/99designs/gqlgen/graphql"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/graph/api/model"
)

type mutationFields struct{}

// MaxUploads is how many files can be sent at once.
const MaxUploads = 100

const maxReason = 1000 // characters

func (mutationFields) LoadReport(ctx context.Context, input generated.LoadReportInput) (*model.Job, error) {
	js := requestOf(ctx).service.jobs
	switch n := len(input.Files); {
	case js.loader == nil:
		return nil, failure(CodeUnavailable, "reports cannot be loaded here: start 'lantu serve' again when somebody has the role ADMIN, or use 'lantu load'")
	case n == 0 || n > MaxUploads:
		return nil, badInput("input.files: %d files: send 1 to %d at once", n, MaxUploads)
	}
	if input.Reason != nil {
		reason, err := written("input.reason", *input.Reason, maxReason)
		if err != nil {
			return nil, err
		}
		input.Reason = &reason
	}
	uploads := make([]upload, len(input.Files))
	for i, file := range input.Files {
		content, ok := file.File.(Spooled)
		if !ok {
			return nil, fmt.Errorf("an uploaded file is a %T, which cannot be kept", file.File)
		}
		uploads[i] = upload{fileName(file), file.Size, content}
	}
	caller, _ := access.CallerOf(ctx)
	return js.add(caller.Name, input.Reason, uploads)
}

const maxFileName = 200 // bytes

// fileName is what a report is remembered by: the last part of what its sender
// called it, with nothing in it that is not for reading.
func fileName(file *graphql.Upload) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(file.Filename, "\ufffd"))
	name = strings.TrimSpace(path.Base(name))
	if extension := path.Ext(name); len(name) > maxFileName && len(extension) < maxFileName {
		name = strings.ToValidUTF8(name[:maxFileName-len(extension)], "") + extension
	} else if len(name) > maxFileName {
		name = strings.ToValidUTF8(name[:maxFileName], "")
	}
	if strings.Trim(name, "./ ") == "" {
		return "upload"
	}
	return name
}

func (mutationFields) CancelJob(ctx context.Context, id string) (*model.Job, error) {
	job := requestOf(ctx).service.jobs.stopJob(id)
	if job == nil {
		return nil, noJob(id)
	}
	return job, nil
}

func noJob(id string) error {
	return notFound("id: no job has the id %.60q: jobs lists those that the server remembers", id)
}

func (queryFields) Job(ctx context.Context, id string) (*model.Job, error) {
	rq := requestOf(ctx)
	rq.passing.Store(true)
	job, _ := rq.service.jobs.get(id)
	return job, nil
}

func (queryFields) Jobs(ctx context.Context, states []model.JobState, first *int, after *string, last *int, before *string) (*model.JobConnection, error) {
	rq := requestOf(ctx)
	rq.passing.Store(true)
	all := slices.DeleteFunc(rq.service.jobs.list(), func(j *model.Job) bool { return states != nil && !slices.Contains(states, j.State) })
	return connect(all, byNewest, func(j *model.Job) position { return position{fmt.Sprintf("%012d", j.Number), j.ID} },
		window{first, after, last, before}, func(page []*model.Job) ([]*model.Job, error) { return page, nil })
}

type jobFields struct{}

// Files sorts the files by their places, so that cursors stay right while states
// change and archives are opened.
func (jobFields) Files(_ context.Context, obj *model.Job, states []model.JobState, first *int, after *string, last *int, before *string) (*model.JobFileConnection, error) {
	var tests []test[*model.JobFile]
	if states != nil {
		tests = append(tests, func(f *model.JobFile) bool { return slices.Contains(states, f.State) })
	}
	return connect(all(obj.List(), tests), byPosition, func(f *model.JobFile) position {
		return position{fmt.Sprintf("%03d %05d", f.Place.Upload, f.Place.Entry), ""}
	}, window{first, after, last, before}, func(page []*model.JobFile) ([]*model.JobFile, error) { return page, nil })
}

type jobFileFields struct{}

func (jobFileFields) Report(ctx context.Context, obj *model.JobFile) (*model.Report, error) {
	if obj.ReportID == "" {
		return nil, nil
	}
	return requestOf(ctx).report(ctx, obj.ReportID)
}
