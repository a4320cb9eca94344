//go:build unix

package oci

import (
	"errors"
	"os"
	"syscall"
)

// tryLock locks the directory itself: it needs no file of its own in the layout, and the kernel drops the
// lock when a process is killed. It gives nil when somebody else has it.
func tryLock(dir string) (*os.File, error) {
	file, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := flock(file); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, nil
		}
		return nil, err
	}
	return file, nil
}

func flock(file *os.File) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// holdPart marks a new part as at work until release; false means that the part was removed meanwhile. Where
// the file system has no locks nobody removes parts either.
func holdPart(part *os.File) (release func(), held bool) {
	hold, err := os.Open(part.Name())
	if err != nil {
		return func() {}, false
	}
	locked := flock(hold)
	named, err := os.Stat(part.Name())
	if errors.Is(locked, syscall.EWOULDBLOCK) || err != nil || !isFile(hold, named) {
		hold.Close() // somebody is about to remove it, or has
		return func() {}, false
	}
	return func() { hold.Close() }, true
}

func isFile(open *os.File, named os.FileInfo) bool {
	info, err := open.Stat()
	return err == nil && os.SameFile(info, named)
}

// removeAbandoned removes a part that nobody holds.
func removeAbandoned(path string) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if flock(file) == nil {
		os.Remove(path)
	}
}
