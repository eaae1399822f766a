package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/lantu-kg/lantu/access"
	"github.com/lantu-kg/lantu/graph/api"
)

// Bounds of what is sent along with operations.
const (
	maxUploadsAtOnce = 4                // requests that send files
	uploadTimeout    = 10 * time.Minute // for all the files of a request
	formMemory       = maxBody          // more of a form is kept on disk
)

// upload answers operations with files, by the GraphQL multipart request
// specification. gqlgen's own would take a whole form into memory when its
// length is not said, and fail without a code on a map that leads nowhere.
type upload struct {
	limit  int64         // bytes of a request
	turns  chan struct{} // holds a value for each request that sends files
	logger *slog.Logger
}

var _ graphql.Transport = upload{}

func newUpload(limit int64, logger *slog.Logger) upload {
	return upload{limit, make(chan struct{}, maxUploadsAtOnce), logger}
}

// Supports reports whether a request is a form.
func (upload) Supports(r *http.Request) bool { return r.Method == http.MethodPost && isForm(r) }

func isForm(r *http.Request) bool {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && media == "multipart/form-data"
}

// Do answers a request. It looks at who asks before it takes in what they send.
func (u upload) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	if err := api.Require(r.Context(), access.Admin, "sending files"); err != nil {
		status := http.StatusForbidden
		if err.Extensions["code"] == api.CodeUnauthenticated {
			status = http.StatusUnauthorized
			challenge(w.Header())
		}
		refuse(status, err.Extensions["code"].(string), "%s", err.Message).write(w)
		return
	}
	select {
	case u.turns <- struct{}{}:
		defer func() { <-u.turns }()
	default:
		w.Header().Set("Retry-After", "30")
		refuse(http.StatusServiceUnavailable, api.CodeUnavailable, "%d others are sending files: send yours when they are done", maxUploadsAtOnce).write(w)
		return
	}
	params, held, refused := u.read(w, r)
	if refused != nil {
		refused.write(w)
		return
	}
	defer u.release(held)
	posted := *r
	posted.Body = io.NopCloser(strings.NewReader("{}"))
	precise{transport.POST{}}.Do(w, &posted, formed{exec, params})
}

// formed answers the operation of a form in place of that of the body.
type formed struct {
	graphql.GraphExecutor
	params *graphql.RawParams
}

// CreateOperationContext reads the operation.
func (f formed) CreateOperationContext(ctx context.Context, _ *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	return f.GraphExecutor.CreateOperationContext(ctx, f.params)
}

// read takes in a form. The files are held until they are released.
func (u upload) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *spool, *refusal) {
	if r.ContentLength > u.limit {
		return nil, nil, u.tooLarge()
	}
	// The time that a request has to be read is meant for those without files.
	deadline := time.Now().Add(uploadTimeout)
	control := http.NewResponseController(w)
	_, _ = control.SetReadDeadline(deadline), control.SetWriteDeadline(deadline.Add(writeTimeout)) // if they cannot be set, those of the server hold
	r.Body = http.MaxBytesReader(w, r.Body, u.limit)
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, nil, badForm("it has no boundary")
	}
	form, err := reader.ReadForm(formMemory)
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return nil, nil, u.tooLarge()
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return nil, nil, refuse(http.StatusRequestEntityTooLarge, codeBodyTooLarge, "the form has too many parts, or a field of too many bytes: send 1 to %d files, and up to %d bytes in operations and map", api.MaxUploads, maxBody)
	case err != nil:
		return nil, nil, badForm("it could not be read to its end")
	}
	held := &spool{form: form, users: 1}
	params, refused := held.params()
	if refused != nil {
		u.release(held)
		return nil, nil, refused
	}
	params.Headers = r.Header
	return params, held, nil
}

func (u upload) release(held *spool) {
	if err := held.release(); err != nil {
		u.logger.Error("an uploaded file could not be removed", "error", err)
	}
}

func (u upload) tooLarge() *refusal {
	return refuse(http.StatusRequestEntityTooLarge, codeBodyTooLarge, "the files have more than %d bytes together: send fewer at once; whoever runs this server allows more with --max-upload", u.limit)
}

func badForm(format string, args ...any) *refusal {
	why := refuse(http.StatusBadRequest, codeBadRequest, format, args...)
	why.message = "the form is no GraphQL multipart request (a part operations, a part map, then the files): " + why.message
	return why
}

// params gives the operation of a form, with its files where the map says.
func (s *spool) params() (*graphql.RawParams, *refusal) {
	var operations graphql.RawParams
	if refused := s.field("operations", &operations); refused != nil {
		return nil, refused
	}
	var places map[string][]string
	if refused := s.field("map", &places); refused != nil {
		return nil, refused
	}
	if n := len(places); n == 0 || n > api.MaxUploads {
		return nil, badForm("map names %d files: send 1 to %d", n, api.MaxUploads)
	}
	for name := range s.form.File {
		if len(places[name]) == 0 {
			return nil, badForm("map says of the file %.60q not where it belongs", name)
		}
	}
	for name, paths := range places {
		files := s.form.File[name]
		if len(files) != 1 {
			return nil, badForm("there are %d files %.60q, which map names: send one", len(files), name)
		}
		for _, path := range paths {
			opened, err := s.open(files[0])
			if err != nil {
				return nil, refuse(http.StatusInternalServerError, api.CodeInternal, "Lantu cannot read what was sent again; try once more")
			}
			sent := graphql.Upload{File: opened, Filename: files[0].Filename, Size: files[0].Size, ContentType: files[0].Header.Get("Content-Type")}
			if !place(operations.Variables, path, sent) {
				return nil, badForm("map puts the file %.60q at %.60q, where operations has no null", name, path)
			}
		}
	}
	return &operations, nil
}

// field reads the JSON of a field.
func (s *spool) field(name string, into any) *refusal {
	texts := s.form.Value[name]
	if len(texts) != 1 {
		return badForm("there are %d parts %s, not one", len(texts), name)
	}
	if len(texts[0]) > maxBody {
		return refuse(http.StatusRequestEntityTooLarge, codeBodyTooLarge, "the part %s has more than %d bytes", name, maxBody)
	}
	if strings.HasPrefix(strings.TrimSpace(texts[0]), "[") {
		return badForm("%s is a list: send one operation at a time", name)
	}
	if err := decode([]byte(texts[0]), into); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return badForm("%s has a %s where that cannot be", name, wrong.Value)
		}
		return badForm("%s is no JSON object: %v", name, err)
	}
	return nil
}

// place puts a file where a path such as variables.input.files.0 leads, if there
// is a null.
func place(variables map[string]any, path string, file graphql.Upload) bool {
	steps := strings.Split(path, ".")
	if len(steps) < 2 || steps[0] != "variables" {
		return false
	}
	var at any = variables
	for i, step := range steps[1:] {
		last := i == len(steps)-2
		switch inner := at.(type) {
		case map[string]any:
			next, ok := inner[step]
			switch {
			case !ok, last && next != nil:
				return false
			case last:
				inner[step] = file
			}
			at = next
		case []any:
			n, err := strconv.Atoi(step)
			switch {
			case err != nil, n < 0, n >= len(inner), last && inner[n] != nil:
				return false
			case last:
				inner[n] = file
			default:
				at = inner[n]
			}
		default:
			return false
		}
	}
	return true
}

// spool keeps the files of a form until nobody uses them, in the system's folder
// for temporary files, by names of its own.
type spool struct {
	form *multipart.Form

	mu    sync.Mutex // guards all below
	users int
	files []multipart.File
}

// sent is a file of a form.
type sent struct {
	multipart.File
	spool *spool
}

var _ api.Spooled = sent{}

func (s *spool) open(header *multipart.FileHeader) (sent, error) {
	file, err := header.Open()
	if err == nil {
		s.files = append(s.files, file)
	}
	return sent{file, s}, err
}

// Hold keeps the file, and those sent with it, until Close is called.
func (s sent) Hold() {
	s.spool.mu.Lock()
	defer s.spool.mu.Unlock()
	s.spool.users++
}

// Close lets go of a file that was held.
func (s sent) Close() error { return s.spool.release() }

func (s *spool) release() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	var errs []error
	for _, file := range s.files {
		errs = append(errs, file.Close())
	}
	return errors.Join(append(errs, s.form.RemoveAll())...)
}
