package oci

import (
	"crypto/rand"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

const (
	// Two prefixes: the next writer of a layout removes the files of a killed writer there, but the directory of
	// a pull's output file belongs to the user and is not searched.
	layoutPrefix = ".stowage-push-"
	pullPrefix   = ".stowage-pull-"
	partSuffix   = ".part"
)

// copyBufferBytes is the largest buffer of a copy. It is large because system calls dominate the cost of a copy.
const copyBufferBytes = 256 << 10

// atomicFile is a file that is written under a temporary name and then renamed, so that readers see the old
// file or the complete new one.
//
// The file is created with its final mode, 0644 less the umask. Applying the umask later would need its value,
// and POSIX can read it only by changing it for all threads of the process, which belongs to the user.
type atomicFile struct {
	file    *os.File
	target  string // the name for messages, as the user wrote it
	release func() // lets other writers remove the temporary file
}

// createAtomicFile creates the temporary file in dir. Its name does not contain the target's name, which may
// already be as long as the file system allows. A rename works only within one file system, so dir is the
// target's directory, or another directory of the same layout.
func createAtomicFile(prefix, dir, target string) (*atomicFile, error) {
	name := filepath.Join(dir, prefix+rand.Text()+partSuffix)
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, ioError(messages.Write, target, err)
	}
	return &atomicFile{file, target, func() {}}, nil
}

// createInLayout creates a temporary file that [removeParts] does not remove while it is in use.
func createInLayout(dir string) (*atomicFile, error) {
	for {
		part, err := createAtomicFile(layoutPrefix, dir, dir)
		if err != nil {
			return nil, err
		}
		var held bool
		if part.release, held = markInUse(part.file); held {
			return part, nil
		}
		part.discard() // another process removed it before it was marked as in use
	}
}

// removeParts removes the temporary files of killed writers from a layout. Errors are ignored: a file that
// stays uses disk space and does no other harm.
func removeParts(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, layoutPrefix) && strings.HasSuffix(name, partSuffix) {
			removeAbandoned(filepath.Join(dir, name))
		}
	}
}

func (s *atomicFile) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	if err != nil {
		return n, ioError(messages.Write, s.target, err)
	}
	return n, nil
}

// copyFrom writes everything that from contains.
func (s *atomicFile) copyFrom(from io.Reader) error {
	// The wrappers hide ReadFrom and WriteTo, so that CopyBuffer uses this buffer.
	_, err := io.CopyBuffer(struct{ io.Writer }{s}, struct{ io.Reader }{from}, make([]byte, bufferBytes(from)))
	return err
}

// bufferBytes returns the buffer size for copying a stream, which is not larger than its content needs.
func bufferBytes(from io.Reader) int64 {
	if c, ok := from.(*verifiedReader); ok {
		return c.bufferBytes()
	}
	return reportInterval
}

// commit renames the file to its final path. It does not call fsync, which would slow down every pull. After a
// power failure a file may be empty; the digest shows that, and a new pull repairs it.
func (s *atomicFile) commit(path string) error {
	defer s.release()
	// Some file systems report a full disk or an exceeded quota only on close.
	if err := s.file.Close(); err != nil {
		return ioError(messages.Write, s.target, err)
	}
	if err := os.Rename(s.file.Name(), path); err != nil {
		return ioError(messages.Write, s.target, err)
	}
	s.file = nil
	return nil
}

// discard removes the temporary file unless it was committed. Callers defer it.
func (s *atomicFile) discard() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.release()
	}
}

// checkNotDirectory reports before a download that the rename after it would fail.
func checkNotDirectory(path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode().Type() == fs.ModeDir {
		return errkind.New(errkind.IO, messages.IO(messages.Write, path, messages.IsDirectory()))
	}
	return nil
}
