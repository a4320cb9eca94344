package oci

import (
	"errors"
	"io/fs"
	"os"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// ioError returns an error with the path as the user wrote it and the reason of the operating system. The path
// in err is left out: it may be a temporary file that the user does not know.
func ioError(action, path string, err error) *errkind.Error {
	return errkind.Wrap(err, errkind.IO, messages.IO(action, path, systemReason(err)))
}

func systemReason(err error) string {
	var onPath *fs.PathError
	var onLink *os.LinkError
	var onCall *os.SyscallError
	switch {
	case errors.As(err, &onPath):
		return onPath.Err.Error()
	case errors.As(err, &onLink):
		return onLink.Err.Error()
	case errors.As(err, &onCall):
		return onCall.Err.Error()
	}
	return err.Error()
}
