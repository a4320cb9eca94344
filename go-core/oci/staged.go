package oci

import (
	"crypto/rand"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

const (
	// Two prefixes: what a killed writer left in a layout is removed by the next one, a pull's .part file is
	// in a directory that is not ours to search.
	layoutPrefix = ".stowage-push-"
	pullPrefix   = ".stowage-pull-"
	partSuffix   = ".part"
)

// copyBytes is the most that one read and write move: large, since the system calls are most of the work.
const copyBytes = 256 << 10

// staged is a file that is written under another name and put in place whole.
//
// It is made with the mode it keeps, 0644 less the umask: to apply the umask later one has to read it,
// which POSIX allows only by changing it, for all threads of somebody else's process.
type staged struct {
	file    *os.File
	target  string // what the user calls it, for messages
	release func() // ends what keeps others from removing it
}

// stage makes a new file in dir. Its name does not depend on the target's, which may be as long as
// the file system allows. A rename into place works only within one file system, so dir is the target's,
// or another one of the same layout.
func stage(prefix, dir, target string) (*staged, error) {
	name := filepath.Join(dir, prefix+rand.Text()+partSuffix)
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, ioError(messages.Write, target, err)
	}
	return &staged{file, target, func() {}}, nil
}

// stageInLayout makes a file that [removeParts] leaves alone until it is in place.
func stageInLayout(dir string) (*staged, error) {
	for {
		part, err := stage(layoutPrefix, dir, dir)
		if err != nil {
			return nil, err
		}
		var held bool
		if part.release, held = holdPart(part.file); held {
			return part, nil
		}
		part.discard() // removed as abandoned, between its creation and the hold
	}
}

// removeParts removes what killed writers left in a layout. What cannot be listed or removed costs room,
// not correctness.
func removeParts(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, layoutPrefix) && strings.HasSuffix(name, partSuffix) {
			removeAbandoned(filepath.Join(dir, name))
		}
	}
}

func (s *staged) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	if err != nil {
		return n, ioError(messages.Write, s.target, err)
	}
	return n, nil
}

// fill writes all of from.
func (s *staged) fill(from io.Reader) error {
	// Behind plain interfaces: neither side is to look for a way of its own.
	_, err := io.CopyBuffer(struct{ io.Writer }{s}, struct{ io.Reader }{from}, make([]byte, bufferBytes(from)))
	return err
}

// bufferBytes is the size of the buffer to copy a stream with: not more than there is to read at once.
func bufferBytes(from io.Reader) int64 {
	if c, ok := from.(*checked); ok {
		return c.bufferBytes()
	}
	return reportBytes
}

// commit puts the file in place. No fsync: after a power cut a name may have lost its bytes, which
// costs a pull and is noticed by digest, while an fsync per pull costs everybody.
func (s *staged) commit(path string) error {
	defer s.release()
	// Some file systems report a full disk or quota only here.
	if err := s.file.Close(); err != nil {
		return ioError(messages.Write, s.target, err)
	}
	if err := os.Rename(s.file.Name(), path); err != nil {
		return ioError(messages.Write, s.target, err)
	}
	s.file = nil
	return nil
}

// discard removes the file unless it was committed. Called by defer on every path.
func (s *staged) discard() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.release()
	}
}

// refuseDirectory notices before a download what the rename after it would fail on.
func refuseDirectory(path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode().Type() == fs.ModeDir {
		return fail.New(fail.IO, messages.IO(messages.Write, path, messages.IsDirectory()))
	}
	return nil
}
