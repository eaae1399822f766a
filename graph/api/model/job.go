package model

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// UnmarshalUpload takes a file that was sent along.
func UnmarshalUpload(value any) (graphql.Upload, error) {
	file, ok := value.(graphql.Upload)
	if !ok {
		return file, &gqlerror.Error{
			Message:    "a file is sent along with the operation, not in it: see the GraphQL multipart request specification",
			Extensions: map[string]any{"code": "BAD_USER_INPUT"},
		}
	}
	return file, nil
}

// MarshalUpload gives null: files are never given back.
func MarshalUpload(graphql.Upload) graphql.Marshaler { return graphql.Null }

// JobState tells how far a job, or one of its files, is.
type JobState string

// The states of jobs and files.
const (
	Queued    JobState = "QUEUED"
	Running   JobState = "RUNNING"
	Done      JobState = "DONE"
	Failed    JobState = "FAILED"
	Cancelled JobState = "CANCELLED"
)

// Ended reports whether nothing more will happen.
func (s JobState) Ended() bool { return s != Queued && s != Running }

// Job is how a job stood at one moment.
type Job struct {
	ID        string
	State     JobState
	StartedBy string
	Reason    *string
	CreatedAt string
	StartedAt *string
	EndedAt   *string
	Total     int
	Finished  int
	Failed    int
	// Number counts jobs: a later one has a higher number.
	Number int
	// List gives the job's files as they stand when it is called.
	List func() []*JobFile
}

// NodeID returns the job's id.
func (j *Job) NodeID() string { return j.ID }

// JobFile is a report that a job reads. It is never changed.
type JobFile struct {
	Name             string
	State            JobState
	ReportID         string
	Unchanged        bool
	EntityCount      *int
	ClaimCount       *int
	ObservationCount *int
	Error            *JobError
	// Place tells files apart that a job lists, and sorts them.
	Place JobPlace
}

// JobPlace is where a file stands among those of its job, whatever is found in
// the archives before it.
type JobPlace struct {
	Upload int // of the files that were sent, from 0
	Entry  int // of what was found in that, from 1; 0 for the file itself
}

// JobError is why a file was not kept.
type JobError struct {
	Code    string
	Fault   *FileFault // nil when Lantu failed
	Message string
}

// FileFault tells what is wrong with a file.
type FileFault string

// Connections and edges of jobs.
type (
	// JobConnection is a page of *Job.
	JobConnection = Connection[*Job]
	// JobEdge is one of such a page.
	JobEdge = Edge[*Job]
	// JobFileConnection is a page of *JobFile.
	JobFileConnection = Connection[*JobFile]
	// JobFileEdge is one of such a page.
	JobFileEdge = Edge[*JobFile]
)
