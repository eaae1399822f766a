package crf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// A model file is zstd of: magic, labels, features with their weights in
// 1/steps, transitions. Weights that round to nothing are left out with their
// features.
const (
	magic = "lantu-crf-1\n"
	steps = 64
)

// ErrFormat is returned for bytes that are no model.
var ErrFormat = errors.New("crf: not a model file")

// Write writes the model; what Read gives back has its weights rounded.
func (m *Model) Write(w io.Writer) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(magic)
	put := func(v int64) { b.Write(binary.AppendVarint(nil, v)) }
	n := len(m.labels)
	put(int64(n))
	for _, l := range m.labels {
		put(int64(len(l)))
		b.WriteString(l)
	}
	for to := range n {
		for from := -1; from < n; from++ {
			allowed := from < 0 && m.start[to] || from >= 0 && slices.Contains(m.prev[to], from)
			if !allowed {
				put(0)
				continue
			}
			put(1)
			if from >= 0 {
				put(int64(math.Round(float64(m.trans[from*n+to]) * steps)))
			}
		}
	}
	type row struct {
		hash    uint64
		weights []int8
	}
	var rows []row
	for hash, i := range m.index {
		r := row{hash, make([]int8, n)}
		kept := false
		for y, w := range m.weights[int(i)*n : int(i)*n+n] {
			q := math.Round(float64(w) * steps)
			r.weights[y] = int8(max(-127, min(127, q)))
			kept = kept || r.weights[y] != 0
		}
		if kept {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.hash < b.hash {
			return -1
		}
		return 1
	})
	put(int64(len(rows)))
	for _, r := range rows {
		b.Write(binary.LittleEndian.AppendUint64(nil, r.hash))
	}
	// One label's weights after another compress better than one feature's.
	for y := range n {
		for _, r := range rows {
			b.WriteByte(byte(r.weights[y]))
		}
	}
	if _, err := z.Write(b.Bytes()); err != nil {
		return err
	}
	return z.Close()
}

// Read reads a model.
func Read(r io.Reader) (*Model, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	defer z.Close()
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	b := bytes.NewReader(data)
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(b, head); err != nil || string(head) != magic {
		return nil, ErrFormat
	}
	var failed error
	get := func() int {
		v, err := binary.ReadVarint(b)
		failed = errors.Join(failed, err)
		return int(v)
	}
	n := get()
	if failed != nil || n <= 0 || n > 1<<10 {
		return nil, ErrFormat
	}
	labels := make([]string, n)
	for i := range labels {
		size := get()
		if failed != nil || size < 0 || size > b.Len() {
			return nil, ErrFormat
		}
		l := make([]byte, size)
		_, err := io.ReadFull(b, l)
		failed = errors.Join(failed, err)
		labels[i] = string(l)
	}
	allowed := make([]bool, (n+1)*n)
	weights := make([]float32, (n+1)*n)
	for to := range n {
		for from := -1; from < n; from++ {
			at := (from+1)*n + to
			allowed[at] = get() == 1
			if allowed[at] && from >= 0 {
				weights[at] = float32(get()) / steps
			}
		}
	}
	rows := get()
	if failed != nil || rows < 0 || rows*(8+n) != b.Len() {
		return nil, ErrFormat
	}
	index := make(map[uint64]int32, rows)
	rest := data[len(data)-b.Len():]
	for i := range rows {
		index[binary.LittleEndian.Uint64(rest[8*i:])] = int32(i)
	}
	m := newModel(labels, index, func(from, to int) bool { return allowed[(from+1)*n+to] })
	for i, w := range weights[n:] {
		if allowed[n+i] {
			m.trans[i] = w
		}
	}
	rest = rest[8*rows:]
	for y := range n {
		for i := range rows {
			m.weights[i*n+y] = float32(int8(rest[y*rows+i])) / steps
		}
	}
	return m, nil
}
