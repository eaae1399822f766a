package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// mediaTypes are those of the files that are served from inside the binary; no
// others are.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".txt":  "text/plain; charset=utf-8",
}

// How long a browser may keep a file.
const (
	cacheAsk     = "no-cache"                            // ask again, which the tag makes cheap
	cacheForever = "public, max-age=31536000, immutable" // of files that have their content's hash in the name
)

// asset is a file with what its responses need. Its bytes stay in the binary.
type asset struct {
	files     fs.FS
	name      string
	mediaType string
	tag       string
	hasBrotli bool // whether that was made beforehand
	zipped    func() []byte
}

// read gives the bytes of the file, or of the compressed one beside it.
func (a *asset) read(suffix string) []byte {
	content, err := fs.ReadFile(a.files, a.name+suffix)
	if err != nil {
		panic(err) // it was there before, in the binary
	}
	return content
}

// readAsset gives a file of files, and nil for one that is not there or of no
// type that is served. NAME.br beside it is the same, compressed.
func readAsset(files fs.FS, name string) *asset {
	mediaType := mediaTypes[path.Ext(name)]
	plain, err := fs.ReadFile(files, name)
	if mediaType == "" || err != nil {
		return nil
	}
	_, err = fs.Stat(files, name+".br")
	sum := sha256.Sum256(plain)
	a := &asset{files: files, name: name, mediaType: mediaType, tag: `"` + hex.EncodeToString(sum[:12]) + `"`, hasBrotli: err == nil}
	a.zipped = sync.OnceValue(func() []byte { return zip(a.read("")) })
	return a
}

func zip(plain []byte) []byte {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	// Neither fails: the buffer takes everything.
	_, _ = w.Write(plain)
	_ = w.Close()
	return zipped.Bytes()
}

// serve answers with the asset under a Content-Security-Policy; a nil asset is
// not found.
func (a *asset) serve(w http.ResponseWriter, r *http.Request, policy, cache string) {
	a.answer(w, r, http.StatusOK, policy, cache)
}

// answer serves the asset as what a status other than 200 shows, too.
func (a *asset) answer(w http.ResponseWriter, r *http.Request, status int, policy, cache string) {
	if a == nil {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", a.mediaType)
	header.Set("Content-Security-Policy", policy)
	header.Set("Cache-Control", cache)
	header.Set("ETag", a.tag)
	header.Set("Vary", "Accept-Encoding")
	if status == http.StatusOK && r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var body []byte
	switch accept := r.Header.Get("Accept-Encoding"); {
	case a.hasBrotli && accepts(accept, "br"):
		header.Set("Content-Encoding", "br")
		body = a.read(".br")
	case accepts(accept, "gzip"):
		header.Set("Content-Encoding", "gzip")
		body = a.zipped()
	default:
		body = a.read("")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // an error here is the client gone
}

// accepts reports whether an Accept or Accept-Encoding header names a media type
// or coding.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == coding {
			q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
			return err != nil || q > 0
		}
	}
	return false
}
