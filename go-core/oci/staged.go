package oci

import (
	"crypto/rand"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/stowage/stowage/go-core/messages"
)

const (
	// Two prefixes, because the next pack removes what a killed one left, and a pull into the same
	// directory may be at work.
	packPrefix = ".stowage-pack-"
	pullPrefix = ".stowage-pull-"
	partSuffix = ".part"
)

// staged is a file that is written under another name and put in place whole.
//
// It is made with the mode it keeps, 0644 less the umask: to apply the umask later one has to read it,
// which POSIX allows only by changing it, for all threads of somebody else's process.
type staged struct {
	file   *os.File
	target string // what the user calls it, for messages
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
	return &staged{file, target}, nil
}

func (s *staged) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	if err != nil {
		return n, ioError(messages.Write, s.target, err)
	}
	return n, nil
}

// commit puts the file in place. No fsync: after a power cut a name may have lost its bytes, which
// costs a pull and is noticed by digest, while an fsync per pull costs everybody.
func (s *staged) commit(path string) error {
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
	}
}

// refuseDirectory notices before a download what the rename after it would fail on.
func refuseDirectory(path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode().Type() == fs.ModeDir {
		return NewError(IO, messages.IO(messages.Write, path, messages.IsDirectory()))
	}
	return nil
}
