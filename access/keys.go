package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// ErrNoKey is returned when no key has the id.
var ErrNoKey = errors.New("no such key")

// Key is what is kept of a key: enough to know it again, not to use it.
type Key struct {
	ID   string `json:"id"`
	Name string `json:"name"` // whose it is
	Role Role   `json:"role"`
	// Hash is the SHA-256 of the whole key in hexadecimal. A key holds 256 random
	// bits, so a slow hash would only slow down every request: there is nothing to
	// guess.
	Hash    string    `json:"hash"`
	Created time.Time `json:"created"`
}

// keyPrefix lets scanners of leaked secrets know a key of Lantu.
const keyPrefix = "lantu_"

var keyEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Keys are the keys in a file, which other processes may change meanwhile.
type Keys struct {
	path string

	mu    sync.Mutex
	read  fs.FileInfo // of the file when it was read; nil when there was none
	known []Key
}

// KeysFile is the name of the file of keys in a database's folder.
const KeysFile = "keys.json"

// OpenKeys gives the keys in the file at path, which need not be there.
func OpenKeys(path string) *Keys { return &Keys{path: path} }

// List gives all keys, oldest first.
func (k *Keys) List() ([]Key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.refresh(); err != nil {
		return nil, err
	}
	return slices.Clone(k.known), nil
}

// refresh reads the file again when it has changed.
func (k *Keys) refresh() error {
	info, err := os.Stat(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		k.read, k.known = nil, nil
		return nil
	} else if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if k.read != nil && os.SameFile(info, k.read) && info.ModTime().Equal(k.read.ModTime()) && info.Size() == k.read.Size() {
		return nil
	}
	text, err := os.ReadFile(k.path)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	var known []Key
	if err := json.Unmarshal(text, &known); err != nil {
		return fmt.Errorf("keys: %s is damaged: %w; restore it, or delete it and make the keys anew", k.path, err)
	}
	k.read, k.known = info, known
	return nil
}

// Add makes a key and gives it: it is told this once and kept only hashed.
func (k *Keys) Add(name string, role Role, now time.Time) (secret string, _ Key, err error) {
	if strings.TrimSpace(name) == "" {
		return "", Key{}, errors.New("keys: a key needs the name of whose it is, for the record of changes")
	}
	if role == None {
		return "", Key{}, errors.New("keys: a key needs a role: reader, editor or admin")
	}
	var random [40]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", Key{}, err
	}
	id := keyEncoding.EncodeToString(random[:5])
	secret = keyPrefix + id + "_" + keyEncoding.EncodeToString(random[8:])
	key := Key{ID: id, Name: name, Role: role, Hash: hash(secret), Created: now.UTC().Truncate(time.Second)}
	return secret, key, k.change(func(known []Key) ([]Key, error) { return append(known, key), nil })
}

// Revoke takes a key away, at once also from a server that runs. It gives
// [ErrNoKey] when there is none with the id.
func (k *Keys) Revoke(id string) error {
	return k.change(func(known []Key) ([]Key, error) {
		i := slices.IndexFunc(known, func(key Key) bool { return key.ID == id })
		if i < 0 {
			return nil, fmt.Errorf("%w: %.40q; 'lantu key list' shows those there are", ErrNoKey, id)
		}
		return slices.Delete(known, i, i+1), nil
	})
}

// change writes what f makes of the keys, all of it or nothing. Of several
// processes that do so at once, each waits for the one before.
func (k *Keys) change(f func([]Key) ([]Key, error)) (err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	lock := flock.New(k.path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	k.read = nil
	if err := k.refresh(); err != nil {
		return err
	}
	changed, err := f(slices.Clone(k.known))
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(changed, "", "  ")
	if err != nil {
		return err
	}
	// CreateTemp makes a file that only its owner may read.
	file, err := os.CreateTemp(filepath.Dir(k.path), ".keys-*")
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	_, err = file.Write(append(text, '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), k.path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keys: %w", err), os.Remove(file.Name()))
	}
	k.read = nil
	return nil
}

// find gives the key that the secret is.
func (k *Keys) find(secret string) (Key, bool, error) {
	known, err := k.List()
	if err != nil {
		return Key{}, false, err
	}
	sum := hash(secret)
	for _, key := range known {
		if subtle.ConstantTimeCompare([]byte(key.Hash), []byte(sum)) == 1 {
			return key, true, nil
		}
	}
	return Key{}, false, nil
}

func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
