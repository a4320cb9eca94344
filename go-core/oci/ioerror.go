package oci

import (
	"errors"
	"io/fs"
	"os"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// ioError tells which path failed, as the user wrote it, and what the system said. The path inside err
// may be that of a temporary file that nobody has heard of.
func ioError(action, path string, err error) *fail.Error {
	return fail.Because(err, fail.IO, messages.IO(action, path, reason(err)))
}

func reason(err error) string {
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
